package hostperf.trace.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import hostperf.trace.sqlite.SqliteTable;
import hostperf.trace.timeline.GraphCoverage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real traces, edited into kinds of which there is no real one, against figures computed a second
/// time by `PlainMetrics`.
class TraceVariantsTest {
  private static final JsonMapper JSON = Samples.mapper();

  /// A graph launch of the eager part, and its kernels behind it as nodes; the launches of single
  /// kernels are gone. One in eight stays eager, as between the pieces of a piecewise graph.
  private static final List<String> PIECEWISE_NODES =
      List.of(
          "insert into StringIds select max(id) + 1, 'cudaGraphLaunch_v10000' from StringIds",
          "update CUPTI_ACTIVITY_KIND_KERNEL set graphNodeId = correlationId where correlationId % 8",
          "update CUPTI_ACTIVITY_KIND_RUNTIME set nameId = (select max(id) from StringIds) where"
              + " correlationId % 8 = 1 and correlationId in (select correlationId from"
              + " CUPTI_ACTIVITY_KIND_KERNEL)",
          "delete from CUPTI_ACTIVITY_KIND_RUNTIME where correlationId % 8 > 1 and correlationId in"
              + " (select correlationId from CUPTI_ACTIVITY_KIND_KERNEL)");

  /// The same, recorded as whole replays from the first kernel of a piece to the last.
  private static final List<String> PIECEWISE_REPLAYS =
      List.of(
          "insert into CUPTI_ACTIVITY_KIND_GRAPH_TRACE (start, end, deviceId, graphId, contextId,"
              + " streamId, correlationId, globalPid, graphExecId) select min(start), max(end),"
              + " deviceId, 1, contextId, streamId, min(correlationId), globalPid, 1 from"
              + " CUPTI_ACTIVITY_KIND_KERNEL where graphNodeId > 0 group by correlationId / 8",
          "delete from CUPTI_ACTIVITY_KIND_KERNEL where graphNodeId > 0");

  enum Variant {
    AS_IT_IS,
    NODES,
    PIECEWISE,
    SHUFFLED,
    NEWER_NAMES,
    TWO_PROCESSES_ON_ONE_DEVICE,
    TWO_PROCESSES_ON_TWO_DEVICES,
    GPU_BOUND,
    COLLECTIVES
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void agreesWithThePlainWay(Variant variant) throws SQLException {
    Path trace = Samples.unpacked("graph_level.sqlite.gz", folder);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + trace)) {
      edit(variant, connection);
    }

    Map<String, Map<String, Double>> expected = PlainMetrics.of(trace);
    Detection.Answer answer = Samples.answer(trace);

    assertThat(expected.keySet()).hasSizeGreaterThan(1);
    assertThat(answer.processes()).hasSize(variant.name().startsWith("TWO") ? 2 : 1);
    JsonNode processes = JSON.valueToTree(answer).get("processes");
    for (JsonNode process : processes) {
      for (String phase : process.get("phases").propertyNames()) {
        compare(
            expected.getOrDefault(process.get("process").asString() + " " + phase, Map.of()),
            process.get("phases").get(phase),
            variant + " " + phase);
      }
    }
  }

  private static void compare(Map<String, Double> expected, JsonNode found, String what) {
    assertThat(expected.isEmpty()).describedAs(what).isEqualTo(found.isNull());
    expected.forEach(
        (metric, value) ->
            assertThat(found.get(metric).asDouble())
                .describedAs("%s of %s", metric, what)
                .isCloseTo(value, withinPercentage(1e-4)));
  }

  private static void edit(Variant variant, Connection connection) throws SQLException {
    switch (variant) {
      case AS_IT_IS -> {}
      case NODES -> run(connection, PIECEWISE_NODES);
      case PIECEWISE -> {
        run(connection, PIECEWISE_NODES);
        run(connection, PIECEWISE_REPLAYS);
      }
      case SHUFFLED -> {
        for (String table : List.of("KERNEL", "RUNTIME", "GRAPH_TRACE")) {
          shuffle("CUPTI_ACTIVITY_KIND_" + table, connection);
        }
        shuffle("NVTX_EVENTS", connection);
      }
      case NEWER_NAMES ->
          run(
              connection,
              List.of(
                  "update StringIds set value = replace(value, 'ctx reqs,', 'ctx reqs, 96 ctx"
                      + " tokens,') where value like '[Executor]%'",
                  "update NVTX_EVENTS set text = replace(text, 'ctx reqs,', 'ctx reqs, 96 ctx"
                      + " tokens,') where text like '[Executor]%'",
                  "update StringIds set value = '_prepare_inputs' where value ="
                      + " '_prepare_tp_inputs'",
                  "update NVTX_EVENTS set text = '_prepare_inputs' where text ="
                      + " '_prepare_tp_inputs'"));
      case TWO_PROCESSES_ON_ONE_DEVICE -> twice(connection, "deviceId");
      case TWO_PROCESSES_ON_TWO_DEVICES -> twice(connection, "deviceId + 1");
      case GPU_BOUND ->
          run(
              connection,
              List.of(
                  "update CUPTI_ACTIVITY_KIND_GRAPH_TRACE set end = start + 2 * (end - start)",
                  "update CUPTI_ACTIVITY_KIND_KERNEL set end = end + 20000"));
      case COLLECTIVES ->
          run(
              connection,
              List.of(
                  "update StringIds set value = 'NcclDevKernel_' || value where id in (select"
                      + " shortName from CUPTI_ACTIVITY_KIND_KERNEL where rowid % 7 = 0)"));
    }
  }

  /// The events again, 300 µs later, as another process.
  private static void twice(Connection connection, String device) throws SQLException {
    var shifted =
        Map.of(
            "start", "start + 300000",
            "end", "end + 300000",
            "globalPid", "globalPid + (9 << 24)",
            "globalTid", "globalTid + (9 << 24)",
            "deviceId", device);
    for (String table :
        List.of(
            "CUPTI_ACTIVITY_KIND_KERNEL",
            "CUPTI_ACTIVITY_KIND_RUNTIME",
            "CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
            "NVTX_EVENTS")) {
      List<String> columns =
          SqliteTable.find(connection, table).orElseThrow().columns().keySet().stream().toList();
      String values =
          String.join(", ", columns.stream().map(c -> shifted.getOrDefault(c, c)).toList());
      run(
          connection,
          List.of(
              "insert into %s (%s) select %s from %1$s"
                  .formatted(table, String.join(", ", columns), values)));
    }
  }

  private static void shuffle(String table, Connection connection) throws SQLException {
    run(
        connection,
        List.of(
            "create table shuffled as select * from " + table + " order by rowid * 7919 % 10007",
            "delete from " + table,
            "insert into " + table + " select * from shuffled",
            "drop table shuffled"));
  }

  private static void run(Connection connection, List<String> statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.executeUpdate(each);
      }
    }
  }

  @Test
  void knowsTheLevelOfPiecewiseGraphs() throws SQLException {
    Path trace = Samples.unpacked("graph_level.sqlite.gz", folder);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + trace)) {
      run(connection, List.of("delete from CUPTI_ACTIVITY_KIND_GRAPH_TRACE"));
      run(connection, PIECEWISE_NODES);
      assertThat(Samples.answer(trace).device().graphCoverage().level()).isEqualTo("node");
      run(connection, PIECEWISE_REPLAYS);
    }

    GraphCoverage coverage = Samples.answer(trace).device().graphCoverage();

    assertThat(coverage.level()).isEqualTo("graph");
    assertThat(coverage.share()).isBetween(0.5, 0.99);
    assertThat(coverage.eagerBetweenReplays()).isNotEmpty();
  }
}
