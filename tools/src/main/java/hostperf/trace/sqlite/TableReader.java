package hostperf.trace.sqlite;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// Reads wanted columns of whole tables.
public interface TableReader extends AutoCloseable {

  /// Begins to read a table; gives the sinks of its parts, in the order of the rows. They may be
  /// used after `finish`.
  ///
  /// @param columns by name; one that the table lacks reads as `RowSink.ABSENT`
  /// @param sink makes the sink of a part
  <T extends RowSink> List<T> start(SqliteTable table, List<String> columns, Supplier<T> sink)
      throws IOException;

  /// Waits until every table is read.
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
