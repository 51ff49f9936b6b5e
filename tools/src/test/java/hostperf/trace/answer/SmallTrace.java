package hostperf.trace.answer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Writes a small nsys export: one thread a process, times in microseconds.
public final class SmallTrace implements AutoCloseable {
  public static final long FIRST = 0x1000001000000L;
  public static final long SECOND = 0x1000002000000L;

  private static final String KERNELS =
      "create table CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId, correlationId,"
          + " globalPid, demangledName, shortName, graphNodeId)";
  private static final String REPLAYS =
      "create table CUPTI_ACTIVITY_KIND_GRAPH_TRACE (start, end, deviceId, streamId, globalPid)";
  private static final String CALLS =
      "create table CUPTI_ACTIVITY_KIND_RUNTIME (start, end, globalTid, correlationId, nameId)";
  private static final String RANGES =
      "create table NVTX_EVENTS (start, end, eventType, text, globalTid, textId, domainId)";

  private final Connection connection;
  private final Path path;
  private final Map<String, Integer> strings = new HashMap<>();

  public SmallTrace(Path folder) {
    this(folder.resolve("small.sqlite"), "", KERNELS, REPLAYS, CALLS, RANGES);
  }

  public SmallTrace(Path path, String pragma, String... tables) {
    this.path = path;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + path);
      if (!pragma.isEmpty()) {
        sql(pragma);
      }
      connection.setAutoCommit(false);
      sql("create table StringIds (id integer primary key, value text)");
      for (String table : tables) {
        sql(table);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public SmallTrace sql(String statement, Object... values) {
    try (var prepared = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setObject(i + 1, values[i]);
      }
      prepared.execute();
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int string(String value) {
    return strings.computeIfAbsent(
        value,
        _ -> {
          int id = strings.size() + 1;
          sql("insert into StringIds values (?, ?)", id, value);
          return id;
        });
  }

  public SmallTrace kernel(long process, double from, double to, String name) {
    return sql(
        "insert into CUPTI_ACTIVITY_KIND_KERNEL (start, end, deviceId, streamId, globalPid,"
            + " shortName) values (?, ?, 0, 7, ?, ?)",
        nanos(from),
        nanos(to),
        process,
        string(name));
  }

  public SmallTrace call(long process, double from, double to, String name) {
    return sql(
        "insert into CUPTI_ACTIVITY_KIND_RUNTIME (start, end, globalTid, nameId)"
            + " values (?, ?, ?, ?)",
        nanos(from),
        nanos(to),
        process + 1,
        string(name));
  }

  public SmallTrace range(long process, double from, double to, String name) {
    return sql(
        "insert into NVTX_EVENTS (start, end, eventType, text, globalTid) values (?, ?, 59, ?, ?)",
        nanos(from),
        nanos(to),
        name,
        process + 1);
  }

  public SmallTrace step(
      long process, int number, double from, double to, int context, int generation) {
    return range(
        process,
        from,
        to,
        "[Executor] _forward_step %d: %d ctx reqs, %d gen reqs"
            .formatted(number, context, generation));
  }

  /// Ten generation steps of 100 µs: 10 µs of preparation, a 5 µs launch, a kernel of `busy` µs.
  public SmallTrace decoding(long process, double busy) {
    for (int i = 0; i < 10; i++) {
      double at = 1000 + 100.0 * i;
      step(process, i, at, at + 60, 0, 4);
      range(process, at + 1, at + 11, "_prepare_tp_inputs");
      call(process, at + 12, at + 17, "cudaLaunchKernel_v7000");
      kernel(process, at + 15, at + 15 + busy, "gemm");
    }
    return this;
  }

  public static long nanos(double micros) {
    return Math.round(micros * 1000);
  }

  public Path written() {
    close();
    return path;
  }

  @Override
  public void close() {
    try {
      if (!connection.isClosed()) {
        connection.commit();
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
