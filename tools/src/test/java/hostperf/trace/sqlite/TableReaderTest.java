package hostperf.trace.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages' reader against the driver: what SQLite says of a table is right.
class TableReaderTest {
  private static final List<String> COLUMNS = List.of("start", "end", "id", "absent");

  @TempDir Path folder;

  private Path file(String... statements) throws SQLException {
    Path file = folder.resolve("t.sqlite");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
    return file;
  }

  private static List<List<Long>> rows(SqliteTable table, TableReader reader) throws IOException {
    List<Collector> parts = reader.start(table, COLUMNS, Collector::new);
    reader.finish();
    var rows = new ArrayList<List<Long>>();
    parts.forEach(part -> rows.addAll(part.rows));
    return rows;
  }

  private static final class Collector implements RowSink {
    private final List<List<Long>> rows = new ArrayList<>();

    @Override
    public void take(long[] values) {
      rows.add(Arrays.stream(values).boxed().toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table T (start, end, id)",
        "create table T (id integer primary key, start, end)",
        "create table T (start, id INTEGER PRIMARY KEY, end)",
        "create table T (id integer primary key desc, start, end)",
        "create table T (id int primary key, start, end)",
        "create table T (start, end, id integer primary key) without rowid",
        "create table T (start, id, twice as (start * 2), end)",
        "create table T (start, id, twice as (start * 2) stored, end)",
        "create table U (start, end, id)",
        "create table T_V3 (start, end, id)"
      })
  void readsWhatTheDriverReads(String table) throws SQLException, IOException {
    String name = table.split(" ", -1)[2];
    var statements = new ArrayList<String>();
    statements.add(table);
    if (name.equals("U")) {
      statements.add("create view T as select * from U");
    }
    statements.add(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
            + " insert into %s (id, start, end) select i * 7, i * 1000003, i + 0.5 from n"
                .formatted(name));
    statements.add("insert into %s (id, start, end) values (-5, 'text', x'00')".formatted(name));
    statements.add("insert into %s (id, start) values (99999, 9e18)".formatted(name));
    Path file = file(statements.toArray(String[]::new));

    try (var database = new SqliteDatabase(new SqliteFile(file));
        var reader = database.reader()) {
      SqliteTable found = database.table("T").orElseThrow();
      List<List<Long>> rows = rows(found, reader);

      assertThat(rows).hasSize(3002).isEqualTo(rows(found, database.driver()));
      assertThat(rows).anyMatch(row -> row.getFirst() == 1000003L && row.get(2) == 7L);
    }
  }

  @Test
  void givesAnAddedColumnItsDefault() throws SQLException, IOException {
    Path file =
        file(
            "create table T (start, end)",
            "insert into T values (1, 2)",
            "alter table T add column id integer default 42");

    try (var database = new SqliteDatabase(new SqliteFile(file));
        var reader = database.reader()) {
      assertThat(rows(database.table("T").orElseThrow(), reader))
          .containsExactly(List.of(1L, 2L, 42L, RowSink.ABSENT));
    }
  }

  @Test
  void prefersTheExactNameToOneWithAVersion() throws SQLException {
    Path file =
        file(
            "create table T_V2 (start, end)",
            "create table T (start, end)",
            "create table T_V10 (start, end)");

    try (var database = new SqliteDatabase(new SqliteFile(file))) {
      assertThat(database.table("T").orElseThrow().name()).isEqualTo("T");
    }
  }
}
