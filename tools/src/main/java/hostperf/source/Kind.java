package hostperf.source;

/// Python's own types, and tensors and arrays.
public enum Kind {
  DICT,
  /// A dict that makes what it lacks when it is looked up.
  DEFAULTING,
  LIST,
  TUPLE,
  /// A list, a tuple or another sequence, perhaps a text.
  SEQUENCE,
  DEQUE,
  SET,
  TEXT,
  NUMBER,
  TENSOR
}
