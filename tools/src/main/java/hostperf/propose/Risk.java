package hostperf.propose;

/// How likely a change is to break something; `ZERO` first.
public enum Risk {
  ZERO,
  LOW,
  MEDIUM,
  HIGH
}
