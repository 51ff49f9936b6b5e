package hostperf.classify.facts;

import static hostperf.classify.facts.Severity.CRITICAL;
import static hostperf.classify.facts.Severity.HIGH;
import static hostperf.classify.facts.Severity.LOW;
import static hostperf.classify.facts.Severity.MEDIUM;

import java.util.List;

/// What kind of host overhead a line is. The names are those of the interface of record.
public enum HotspotType {
  HOST_SYNC(CRITICAL),
  SYNC(CRITICAL),
  CUSTOM_OP(CRITICAL),
  GRAPH_BREAK(HIGH),
  ALLOC(HIGH),
  HOIST(HIGH),
  PYLOOP(HIGH),
  REDUNDANT_ITER(HIGH),
  DEAD_WORK(HIGH),
  CONTAINER(MEDIUM),
  FUNCALL(MEDIUM),
  BOUNDARY(MEDIUM),
  ENUM_CONSTRUCT(MEDIUM),
  COMM(MEDIUM),
  GIL(MEDIUM),
  SERIALIZE(MEDIUM),
  GC(LOW),
  COMPUTE(LOW);

  private final Severity severity;

  HotspotType(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /// What to read: how types are told apart, and the patterns that remove this one's cost; paths
  /// below `references/`.
  public List<String> pages() {
    var patterns =
        switch (this) {
          case HOST_SYNC, SYNC, ALLOC -> "patterns/sync-alloc.md";
          case CUSTOM_OP, GRAPH_BREAK -> "patterns/gpu-graph.md";
          case HOIST, PYLOOP, REDUNDANT_ITER -> "patterns/loop-iteration.md";
          case DEAD_WORK, CONTAINER, FUNCALL, BOUNDARY, ENUM_CONSTRUCT, SERIALIZE ->
              "patterns/python-overhead.md";
          case GIL, GC -> "patterns/system.md";
          case COMM -> "communication-patterns.md";
          case COMPUTE -> "optimization-strategy.md";
        };
    return List.of("hotspot-classification.md", patterns);
  }
}
