package hostperf.trace.sqlite;

/// Takes one row after the other: its wanted columns, in the order asked for.
public interface RowSink {
  /// Stands for NULL, text, blobs and columns that the row lacks.
  long ABSENT = Long.MIN_VALUE;

  /// @param values whole numbers, floating point truncated; the array is reused for the next row
  void take(long[] values);
}
