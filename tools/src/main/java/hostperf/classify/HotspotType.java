package hostperf.classify;

import static hostperf.classify.Severity.CRITICAL;
import static hostperf.classify.Severity.HIGH;
import static hostperf.classify.Severity.LOW;
import static hostperf.classify.Severity.MEDIUM;

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
}
