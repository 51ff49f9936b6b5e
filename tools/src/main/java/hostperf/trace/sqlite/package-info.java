/// Whole tables of a SQLite file, read fast. `SqliteDatabase` opens a file; a `TableReader` reads
/// wanted columns of a table: `PageReader` from the pages themselves, `JdbcReader` through the
/// driver, which is slower by ten times and knows every kind of table.
///
/// It must not know what the tables mean, and it never writes to a file.
@NullMarked
package hostperf.trace.sqlite;

import org.jspecify.annotations.NullMarked;
