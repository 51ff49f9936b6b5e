package hostperf.prove;

/// How much is measured.
///
/// @param processes for each side; 0 checks equality and measures nothing
/// @param values in each process, behind one that is thrown away
public record Effort(int processes, int values) {
  /// For `verify`: results only.
  public static final Effort CHECK = new Effort(0, 0);

  /// For figures that are written down: 5 processes of 5 values a side. pyperf takes 20 of 3; with
  /// ours a pair takes about two seconds, and the whole catalogue two or three minutes.
  public static final Effort MEASURE = new Effort(5, 5);
}
