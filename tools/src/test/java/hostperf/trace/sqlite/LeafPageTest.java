package hostperf.trace.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.trace.answer.SmallTrace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows read from the pages are those that SQLite gives.
class LeafPageTest {
  private static final List<String> COLUMNS = List.of("start", "end", "absent", "b", "a");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536})
  void readsWhatSqliteReads(int pageSize) throws Exception {
    var trace =
        new SmallTrace(
            folder.resolve("pages.sqlite"),
            "pragma page_size = " + pageSize,
            "create table t (start, end, a, b, filler)");
    trace.sql(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
            + " insert into t select i * i * i * 1000003, -i, i % 2, 1.5 * i, zeroblob(i % 900)"
            + " from n");
    trace.sql("delete from t where a = 1 and start % 7 = 0");
    var file = new SqliteFile(trace.written());

    assertThat(byPages(file)).isEqualTo(bySql(file)).hasSizeGreaterThan(2000);
  }

  private static List<List<Long>> byPages(SqliteFile file) throws Exception {
    try (var connection = file.open();
        var scan = new PageReader(file)) {
      class Kept implements RowSink {
        private final List<List<Long>> rows = new ArrayList<>();

        @Override
        public void take(long[] values) {
          rows.add(List.of(values[0], values[1], values[2], values[3], values[4]));
        }
      }
      var table = SqliteTable.find(connection, "t").orElseThrow();
      List<Kept> parts = scan.start(table, COLUMNS, Kept::new);
      scan.finish();
      return parts.stream().flatMap(part -> part.rows.stream()).toList();
    }
  }

  private static List<List<Long>> bySql(SqliteFile file) throws Exception {
    var rows = new ArrayList<List<Long>>();
    try (var connection = file.open();
        var statement = connection.createStatement();
        var found = statement.executeQuery("select start, end, b, a from t order by rowid")) {
      while (found.next()) {
        long b = LeafPage.ABSENT;
        rows.add(
            List.of(found.getLong(1), found.getLong(2), b, found.getLong(3), found.getLong(4)));
      }
    }
    return rows;
  }

  @Test
  void textAndNullAreNoNumbers() throws Exception {
    var trace =
        new SmallTrace(folder.resolve("odd.sqlite"), "", "create table t (start, end, a, b)");
    trace.sql("insert into t values ('x', null, x'01', 9223372036854775807)");
    var file = new SqliteFile(trace.written());

    assertThat(byPages(file))
        .containsExactly(
            List.of(
                LeafPage.ABSENT,
                LeafPage.ABSENT,
                LeafPage.ABSENT,
                Long.MAX_VALUE,
                LeafPage.ABSENT));
  }
}
