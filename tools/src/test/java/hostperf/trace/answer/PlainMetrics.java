package hostperf.trace.answer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The metrics computed a second time, the plain way: by SQL, lists and sorting, without a line of
/// the code under test. Slow, and meant to be read beside the definitions.
public final class PlainMetrics {
  private static final Pattern STEP =
      Pattern.compile(
          "\\[Executor\\] _forward_step \\d+: (\\d+) ctx reqs, (?:\\d+ ctx tokens, )?(\\d+) gen"
              + " reqs");
  private static final Pattern LAUNCH =
      Pattern.compile(
          "(cudaLaunchKernel|cudaLaunchKernelExC|cudaLaunchCooperativeKernel|cuLaunchKernel"
              + "|cuLaunchKernelEx|cuLaunchCooperativeKernel|cudaGraphLaunch|cuGraphLaunch)"
              + "(_v\\d+|_ptsz)*");
  private static final int WARMUP = 2;
  private static final long THREAD = 0xFFFFFF;

  private record Stretch(long from, long to) {}

  private record Work(Stretch time, long device, long process, String name) {}

  private record Host(Stretch time, long thread, String name) {
    long process() {
      return thread & ~THREAD;
    }
  }

  private record Period(Stretch time, int context, int generation) {}

  private final List<Work> gpu = new ArrayList<>();
  private final List<Host> calls = new ArrayList<>();
  private final List<Host> ranges = new ArrayList<>();

  private PlainMetrics(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      read(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(Connection connection) throws SQLException {
    String kernels =
        "select start, end, deviceId, globalPid, value from CUPTI_ACTIVITY_KIND_KERNEL"
            + " left join StringIds on id = shortName";
    String replays =
        "select start, end, deviceId, globalPid, '' from CUPTI_ACTIVITY_KIND_GRAPH_TRACE";
    var tables = List.of("CUPTI_ACTIVITY_KIND_KERNEL", "CUPTI_ACTIVITY_KIND_GRAPH_TRACE");
    for (String query : List.of(kernels, replays)) {
      String table = tables.get(query.equals(kernels) ? 0 : 1);
      try (var statement = connection.createStatement();
          var there =
              statement.executeQuery("select 1 from sqlite_master where name = '" + table + "'")) {
        if (!there.next()) {
          continue;
        }
      }
      try (var statement = connection.createStatement();
          var row = statement.executeQuery(query)) {
        while (row.next()) {
          gpu.add(new Work(time(row), row.getLong(3), row.getLong(4), row.getString(5)));
        }
      }
    }
    host(
        connection,
        "select start, end, globalTid, value from CUPTI_ACTIVITY_KIND_RUNTIME join StringIds on id"
            + " = nameId",
        calls);
    host(
        connection,
        "select start, end, globalTid, coalesce(text, value) from NVTX_EVENTS left join StringIds"
            + " on id = textId where eventType in (59, 60, 70, 71)",
        ranges);
  }

  private static Stretch time(java.sql.ResultSet row) throws SQLException {
    return new Stretch(row.getLong(1), row.getLong(2));
  }

  private static void host(Connection connection, String query, List<Host> into)
      throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      while (row.next()) {
        into.add(new Host(time(row), row.getLong(3), String.valueOf(row.getString(4))));
      }
    }
  }

  /// By "process phase", the metrics by name.
  public static Map<String, Map<String, Double>> of(Path file) {
    return new PlainMetrics(file).all();
  }

  private Map<String, Map<String, Double>> all() {
    var found = new TreeMap<String, Map<String, Double>>();
    for (long process : ranges.stream().map(Host::process).distinct().toList()) {
      List<Period> periods = periods(process);
      List<Period> context = periods.stream().filter(p -> p.context > 0).toList();
      List<Period> generation =
          periods.stream().filter(p -> p.context == 0 && p.generation > 0).toList();
      Map.of("aggregate", periods, "context", context, "generation", generation)
          .forEach(
              (phase, chosen) -> {
                if (!chosen.isEmpty()) {
                  found.put(process + " " + phase, metrics(process, chosen));
                }
              });
    }
    return found;
  }

  private List<Period> periods(long process) {
    List<Host> steps =
        ranges.stream()
            .filter(r -> r.process() == process && STEP.matcher(r.name).matches())
            .sorted(Comparator.comparingLong(r -> r.time.from))
            .toList();
    var periods = new ArrayList<Period>();
    for (int i = WARMUP; i + 1 < steps.size(); i++) {
      var match = STEP.matcher(steps.get(i).name);
      if (match.matches()) {
        periods.add(
            new Period(
                new Stretch(steps.get(i).time.from, steps.get(i + 1).time.from),
                Integer.parseInt(match.group(1)),
                Integer.parseInt(match.group(2))));
      }
    }
    return periods;
  }

  private Map<String, Double> metrics(long process, List<Period> chosen) {
    List<Stretch> window = united(chosen.stream().map(Period::time).toList());
    List<Long> devices =
        gpu.stream().filter(w -> w.process == process).map(Work::device).distinct().toList();
    List<Stretch> active =
        shared(
            united(gpu.stream().filter(w -> devices.contains(w.device)).map(Work::time).toList()),
            window);
    double launching = 0;
    for (long thread : calls.stream().map(Host::thread).distinct().toList()) {
      launching +=
          sum(
              shared(
                  united(
                      calls.stream()
                          .filter(c -> c.thread == thread && c.process() == process)
                          .filter(c -> LAUNCH.matcher(c.name).matches())
                          .map(Host::time)
                          .toList()),
                  window));
    }
    double nccl =
        gpu.stream()
            .filter(w -> w.process == process && w.name.toLowerCase(Locale.ROOT).contains("nccl"))
            .mapToDouble(w -> sum(shared(List.of(w.time), window)))
            .sum();
    List<Stretch> prepared = shared(prepared(process), window);
    double exposed = sum(prepared) - sum(shared(prepared, active));
    var metrics = new TreeMap<String, Double>();
    double whole = sum(window);
    metrics.put("iterations", (double) chosen.size());
    metrics.put("total_us", whole / 1e3);
    metrics.put("gpu_active_us", sum(active) / 1e3);
    metrics.put("gpu_idle_ratio", 1 - sum(active) / whole);
    metrics.put("launch_overhead_ratio", launching / whole);
    metrics.put("nccl_ratio", sum(active) == 0 ? 0 : nccl / sum(active));
    metrics.put("host_prep_us", sum(prepared) / 1e3);
    if (!prepared.isEmpty()) {
      metrics.put("host_prep_exposed_ratio", exposed / sum(prepared));
      metrics.put("host_prep_perf_impact", exposed / whole);
      metrics.put("host_prep_idle_attribution", exposed / (whole - sum(active)));
    }
    return metrics;
  }

  private List<Stretch> prepared(long process) {
    for (String name : List.of("_prepare_tp_inputs", "_prepare_inputs")) {
      List<Stretch> found =
          ranges.stream()
              .filter(r -> r.process() == process && r.name.equals(name))
              .map(Host::time)
              .toList();
      if (!found.isEmpty()) {
        return united(found);
      }
    }
    return List.of();
  }

  private static List<Stretch> united(List<Stretch> stretches) {
    var united = new ArrayList<Stretch>();
    for (Stretch next :
        stretches.stream().sorted(Comparator.comparingLong(Stretch::from)).toList()) {
      if (united.isEmpty() || next.from > united.getLast().to) {
        united.add(next);
      } else if (next.to > united.getLast().to) {
        united.set(united.size() - 1, new Stretch(united.getLast().from, next.to));
      }
    }
    return united;
  }

  /// What two lists of disjoint stretches have in common.
  private static List<Stretch> shared(List<Stretch> left, List<Stretch> right) {
    var shared = new ArrayList<Stretch>();
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      long from = Math.max(left.get(i).from, right.get(j).from);
      long to = Math.min(left.get(i).to, right.get(j).to);
      if (from < to) {
        shared.add(new Stretch(from, to));
      }
      if (left.get(i).to < right.get(j).to) {
        i++;
      } else {
        j++;
      }
    }
    return shared;
  }

  private static double sum(List<Stretch> stretches) {
    return stretches.stream().mapToLong(s -> s.to - s.from).sum();
  }
}
