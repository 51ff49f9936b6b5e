package hostperf.source;

/// Where a value lives, as far as the source tells.
public enum Device {
  /// A tensor on the accelerator.
  GPU,
  /// A tensor, but on which device cannot be told.
  TENSOR,
  /// A tensor in host memory, pageable or not known to be pinned.
  CPU,
  /// A tensor in page-locked host memory.
  PINNED,
  /// A numpy array or scalar.
  NUMPY,
  /// Plain Python: numbers, strings, lists, dictionaries, objects.
  PYTHON,
  UNKNOWN;

  public boolean isHost() {
    return this == CPU || this == PINNED || this == NUMPY || this == PYTHON;
  }

  public boolean isTensor() {
    return isOffHost() || this == CPU || this == PINNED;
  }

  /// A tensor that is not seen to be in host memory.
  public boolean isOffHost() {
    return this == GPU || this == TENSOR;
  }

  /// A tensor or a numpy array.
  public boolean isArray() {
    return isTensor() || this == NUMPY;
  }
}
