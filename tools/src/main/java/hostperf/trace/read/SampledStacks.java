package hostperf.trace.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stacks that were sampled at instants, as functions that run for a while.
///
/// A sample stands for the time around it: half way to its neighbours, but no further than one
/// period, since a thread may not be sampled while it does nothing. Frames that neighbours share
/// are one row.
final class SampledStacks {
  private final Map<Integer, List<Sample>> threads = new TreeMap<>();
  private int count;

  private static final class Sample {
    private final long at;

    /// Names, outermost first.
    private final int[] frames;

    private Sample(long at, int[] frames) {
      this.at = at;
      this.frames = frames;
    }

    long at() {
      return at;
    }
  }

  /// A function that began to run and has not ended.
  private static final class Open {
    private final long start;
    private final int name;
    private long end;

    private Open(long start, int name) {
      this.start = start;
      this.name = name;
    }
  }

  void add(long at, int thread, int[] frames) {
    threads.computeIfAbsent(thread, _ -> new ArrayList<>()).add(new Sample(at, frames));
    count++;
  }

  int count() {
    return count;
  }

  /// The usual time between two samples of a thread.
  long periodNs() {
    long[] between =
        threads.values().stream()
            .flatMapToLong(
                samples -> {
                  long[] at = samples.stream().mapToLong(Sample::at).sorted().toArray();
                  return Arrays.stream(differences(at));
                })
            .sorted()
            .toArray();
    return between.length == 0 ? 0 : between[between.length / 2];
  }

  private static long[] differences(long[] at) {
    var differences = new long[Math.max(0, at.length - 1)];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = at[i + 1] - at[i];
    }
    return differences;
  }

  Rows rows() {
    var rows = new Rows();
    long period = periodNs();
    threads.forEach(
        (thread, samples) -> {
          samples.sort(Comparator.comparingLong(Sample::at));
          functions(samples, period).forEach(f -> rows.add(f.start, f.end, f.name, thread));
        });
    return rows;
  }

  /// In the order in which they began, outer ones first.
  private static List<Open> functions(List<Sample> samples, long period) {
    var all = new ArrayList<Open>();
    var open = new ArrayList<Open>();
    long reached = Long.MIN_VALUE;
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      long from =
          sample.at() - half(i == 0 ? period : sample.at() - samples.get(i - 1).at(), period);
      long to =
          sample.at()
              + half(
                  i + 1 == samples.size() ? period : samples.get(i + 1).at() - sample.at(), period);
      int shared = from > reached ? 0 : shared(open, sample.frames);
      open.subList(shared, open.size()).clear();
      for (int depth = shared; depth < sample.frames.length; depth++) {
        var function = new Open(Math.max(from, reached), sample.frames[depth]);
        open.add(function);
        all.add(function);
      }
      open.forEach(function -> function.end = to);
      reached = to;
    }
    return all;
  }

  private static long half(long between, long period) {
    return Math.min(between / 2, period);
  }

  private static int shared(List<Open> open, int[] frames) {
    int shared = 0;
    while (shared < open.size()
        && shared < frames.length
        && open.get(shared).name == frames[shared]) {
      shared++;
    }
    return shared;
  }
}
