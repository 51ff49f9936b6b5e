package hostperf.report;

import hostperf.agent.Profiled;
import hostperf.agent.Profiled.CalleeRow;
import hostperf.agent.Profiled.CallerRow;
import hostperf.agent.Profiled.FactRow;
import hostperf.agent.Profiled.FunctionRow;
import hostperf.agent.Profiled.HiddenRow;
import hostperf.agent.Profiled.LineRow;
import hostperf.agent.Profiled.MetricRow;
import hostperf.agent.Profiled.OutsideRow;
import hostperf.agent.Profiled.PlaceRow;
import hostperf.agent.Profiled.RootRow;
import hostperf.agent.Profiled.ThreadRow;
import hostperf.agent.Profiled.TreeRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Profiles of the tiny engine as a run could have them.
final class ProfiledRuns {
  private ProfiledRuns() {}

  static Profiled profiled(
      Optional<RootRow> root, List<FunctionRow> functions, List<FactRow> facts) {
    return new Profiled(
        Optional.of("p3"),
        Optional.of("round0_profile"),
        root,
        root.isEmpty() ? List.of() : tree(functions),
        root.map(_ -> new HiddenRow(2, 0.12, 0.03)),
        functions,
        functions.size() + 2,
        4,
        List.of(
            new CalleeRow(
                "hash_block",
                "engine.py",
                0.5,
                List.of(new CallerRow("allocate", 30, 0.3), new CallerRow("free", 44, 0.2)),
                2)),
        1,
        facts,
        facts.size() + 1,
        Optional.of(new OutsideRow(0.1, List.of(new PlaceRow("bench.py", 3, "main", 0.1)))),
        List.of(new ThreadRow(7, "poller", new PlaceRow("engine.py", 40, "poll", 0.99))),
        1,
        List.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        Optional.of(0.93),
        List.of(new MetricRow("throughput", 5, "tok/s")),
        Map.of("lines", 4.1),
        Map.of("exceptions", "needs Python 3.12 or newer"),
        List.of(),
        List.of("profiles/profile.7.speedscope.json"),
        List.of());
  }

  static List<TreeRow> tree(List<FunctionRow> functions) {
    return Stream.concat(
            Stream.of(row(0, "Engine.step", "engine.py", 0.03, 1, Optional.empty())),
            functions.stream()
                .map(
                    f ->
                        row(
                            1,
                            f.name(),
                            f.file(),
                            f.selfShare().orElse(0.0),
                            f.totalShare().orElse(0.0),
                            Optional.of(0.01).filter(_ -> !f.topLines().isEmpty()))))
        .toList();
  }

  static TreeRow row(
      int depth, String name, String file, double own, double total, Optional<Double> holds) {
    return new TreeRow(
        depth,
        name,
        file,
        Optional.of(10),
        own,
        total,
        Optional.empty(),
        Optional.of(depth * 40.0 + 1),
        holds,
        Optional.of(2).filter(_ -> depth > 0),
        Optional.of(total / 2).filter(_ -> depth > 0),
        Optional.empty());
  }

  static final RootRow STEP =
      new RootRow(
          "Engine.step", "engine.py", "found", Optional.of(4.2), 840, Optional.empty(), 0.05);

  static FunctionRow function(String name, double share, int line) {
    return new FunctionRow(
        name,
        "engine.py",
        Optional.of(10),
        Optional.of(share),
        Optional.of(share),
        Optional.of(400L),
        Optional.of(2.1),
        Optional.of("own"),
        List.of(
            new LineRow(
                line,
                Optional.of(share),
                Optional.of(share),
                Optional.of(share >= 0.2),
                Optional.of(1_200L),
                Optional.empty(),
                "return sha(data)")));
  }
}
