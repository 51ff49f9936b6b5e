package hostperf.source;

/// What evaluating an expression does beside giving a value. The order is that of `and`.
public enum SideEffect {
  /// Seen to do nothing else.
  PURE,
  /// Not known: a class that the source does not tell, a function that is not there.
  UNKNOWN,
  /// Seen to do something: it changes an object, uses up an iterator, gives control away.
  EFFECT;

  SideEffect and(SideEffect other) {
    return compareTo(other) >= 0 ? this : other;
  }

  static SideEffect pureIf(boolean seen) {
    return seen ? PURE : UNKNOWN;
  }
}
