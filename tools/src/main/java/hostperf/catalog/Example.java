package hostperf.catalog;

/// What `prove` runs for a pattern.
public sealed interface Example {

  /// Two modules that define the same names, and the calls to make of either.
  record Pair(Needs needs, String before, String after, String inputs) implements Example {}

  /// No pair can show it.
  record None(String why) implements Example {}

  /// What a pair needs to run. A pair that needs CUDA shows its gain on a GPU only.
  enum Needs {
    PYTHON,
    TORCH,
    CUDA
  }
}
