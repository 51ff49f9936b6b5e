package hostperf.trace.read;

import java.util.List;

/// Timed rows of one kind, ordered by start; at equal starts the longer one first.
///
/// Start and end are in nanoseconds; what the two small numbers of a row mean, its owner knows (a
/// name, and a track or thread).
public final class Events {
  private final Rows rows;

  private Events(Rows rows) {
    this.rows = rows;
  }

  /// Joins the parts of a table, which are empty afterwards.
  public static Events of(List<Rows> parts) {
    var all = new Rows();
    parts.forEach(all::append);
    if (!all.isOrdered()) {
      new RunMerge(all).run();
    }
    return new Events(all);
  }

  public int size() {
    return rows.size();
  }

  /// Hands over every row, in order. Quicker than asking for each number of each row.
  public void forEach(Rows.Sink sink) {
    rows.forEach(sink);
  }

  /// Hands over every row with its link, in order.
  public void forEachLinked(Rows.LinkedSink sink) {
    rows.forEachLinked(sink);
  }

  /// Hands over the rows that are in a stretch of time for a while, in order.
  public void forEachIn(long from, long to, Rows.Sink sink) {
    rows.forEachIn(from, to, sink);
  }

  public long start(int i) {
    return rows.start(i);
  }

  public long end(int i) {
    return rows.end(i);
  }

  public int name(int i) {
    return rows.name(i);
  }

  public int place(int i) {
    return rows.place(i);
  }

  /// The correlation id that a call shares with what it launched; 0 where there is none.
  public int link(int i) {
    return rows.link(i);
  }
}
