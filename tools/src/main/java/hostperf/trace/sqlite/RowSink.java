package hostperf.trace.sqlite;

/// Takes one row after the other: its wanted columns, in the order asked for.
public interface RowSink {
  /// @param values reused for the next row; `LeafPage.ABSENT` stands for no number
  void take(long[] values);
}
