package hostperf.lines;

import hostperf.Refusal;
import hostperf.host.UnpackedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A `.lprof` file: the `LineStats` of line_profiler, pickled. It has no source text and only the
/// lines that ran.
///
/// Formats: `LineProfiler.dump_stats` of line_profiler 1.0 to 5.0.2.
final class Lprof {
  /// A function takes some 20 bytes a line; a file of this size is none.
  private static final int LARGEST = 64 << 20;

  private final Path file;

  private Lprof(Path file) {
    this.file = file;
  }

  static void read(Path file, ReportSink sink) throws IOException {
    byte[] bytes;
    try (InputStream stream = UnpackedFile.open(file)) {
      bytes = stream.readNBytes(LARGEST + 1);
    }
    var lprof = new Lprof(file);
    try {
      if (bytes.length > LARGEST) {
        throw new Pickle.Unreadable("has over 64 MiB");
      }
      lprof.stats(Pickle.read(bytes), sink);
    } catch (Pickle.Unreadable e) {
      throw lprof.unread(e.what());
    } catch (ClassCastException | IndexOutOfBoundsException | NumberFormatException _) {
      throw lprof.unread("has another shape than line_profiler's results");
    }
  }

  private Refusal unread(String what) {
    return new Refusal(
        "%s is a pickle that %s; nothing of it was run.".formatted(file, what),
        "Give a .lprof file of line_profiler, or its text: `python3 -m line_profiler FILE.lprof >"
            + " profile.txt`.");
  }

  private void stats(Object root, ReportSink sink) throws Pickle.Unreadable {
    if (!(root instanceof Pickle.Instance(Pickle.Name(String type), List<Object> states))
        || !type.matches("_?line_profiler(\\.\\w+)*\\.LineStats")) {
      throw new Pickle.Unreadable("does not hold line_profiler's results");
    }
    // The state of an object with slots is a pair: the dictionary, and the slots.
    var state =
        states.stream()
            .flatMap(s -> s instanceof Pickle.Tuple(List<Object> two) ? two.stream() : Stream.of(s))
            .filter(Pickle.Dictionary.class::isInstance)
            .map(Pickle.Dictionary.class::cast)
            .toList();
    double unit = number(attribute(state, "unit"));
    var timings = ((Pickle.Dictionary) attribute(state, "timings")).pairs();
    for (int i = 0; i + 1 < timings.size(); i += 2) {
      var key = ((Pickle.Tuple) timings.get(i)).items();
      sink.function(function(key, (List<?>) timings.get(i + 1), unit));
    }
  }

  private static Object attribute(List<Pickle.Dictionary> state, String name)
      throws Pickle.Unreadable {
    Optional<Object> value =
        state.stream()
            .flatMap(
                d ->
                    IntStream.range(0, d.pairs().size() / 2)
                        .filter(i -> d.pairs().get(2 * i) instanceof String s && s.equals(name))
                        .mapToObj(i -> d.pairs().get(2 * i + 1)))
            .findFirst();
    return value.orElseThrow(() -> new Pickle.Unreadable("has no `" + name + "`"));
  }

  /// @param key file, line and name
  /// @param rows line, hits and time each
  private static FunctionProfile function(List<Object> key, List<?> rows, double unit) {
    var lines =
        rows.stream()
            .map(row -> ((Pickle.Tuple) row).items())
            .map(row -> cost(row, unit))
            .sorted(Comparator.comparingInt(LineCost::line))
            .toList();
    double total = ReportNumbers.seconds(lines.stream().mapToDouble(LineCost::seconds).sum());
    return new FunctionProfile(
        (String) key.get(2), (String) key.get(0), line(key.get(1)), total, lines);
  }

  private static LineCost cost(List<Object> row, double unit) {
    long hits = (long) ReportNumbers.within(number(row.get(1)));
    double seconds = ReportNumbers.seconds(number(row.get(2)) * unit);
    return new LineCost(line(row.get(0)), hits, seconds, "");
  }

  private static int line(Object value) {
    return ReportNumbers.line(String.valueOf((long) number(value)));
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
