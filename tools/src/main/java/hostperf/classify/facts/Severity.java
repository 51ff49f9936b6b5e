package hostperf.classify.facts;

/// How much a type of hotspot matters; the order is the order of attention.
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW
}
