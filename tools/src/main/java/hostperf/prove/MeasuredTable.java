package hostperf.prove;

import hostperf.catalog.Example;
import hostperf.catalog.Pattern;
import hostperf.prove.Proof.Equal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The generated table at the end of a page: one row a pattern and kind of surroundings.
///
/// Rows are told apart by pattern and by whether a GPU was used, so that a run without one leaves
/// the GPU's figures alone.
record MeasuredTable(List<Row> rows) {
  private static final String BEGIN =
      "<!-- measured: written by `./hostperf prove --update`; do not edit -->";
  private static final String END = "<!-- measured: end -->";
  private static final String TITLE =
      """
      ## Measured

      Median of one call, and its spread (distance of the quartiles over the median). Ratio above 1:
      the change is faster. On a GPU: the time the host is held while the device has 0.2 ms of work
      queued, so that code that waits for it takes at least that long.

      | pattern | before | after | ratio | spread | on |
      |---|---|---|---|---|---|
      """;

  record Row(String pattern, boolean gpu, String text) {
    private static Row parse(String line) {
      var cells = line.split("\\|");
      return new Row(cells[1].strip(), line.contains("GPU:"), line);
    }
  }

  static MeasuredTable in(String page) {
    int begin = page.indexOf(BEGIN);
    if (begin < 0) {
      return new MeasuredTable(List.of());
    }
    return new MeasuredTable(
        page.substring(begin)
            .lines()
            .filter(l -> l.startsWith("| ") && !l.startsWith("| pattern "))
            .map(Row::parse)
            .toList());
  }

  /// Its rows with those of the proof in their place, in the order of the page's patterns.
  MeasuredTable with(Proof proof, List<Pattern> order) {
    var ids = order.stream().map(Pattern::id).toList();
    var merged = new ArrayList<>(rows.stream().filter(r -> ids.contains(r.pattern())).toList());
    for (var pattern : order) {
      for (var pair : proof.results()) {
        if (pair.id().equals(pattern.id())
            && pair.result() instanceof Equal equal
            && equal.gain().isPresent()) {
          var row = row(pattern, equal.gain().get(), proof);
          merged.removeIf(r -> r.pattern().equals(row.pattern()) && r.gpu() == row.gpu());
          merged.add(row);
        }
      }
    }
    merged.sort(
        Comparator.comparingInt((Row r) -> ids.indexOf(r.pattern())).thenComparing(Row::gpu));
    return new MeasuredTable(merged);
  }

  String writtenInto(String page) {
    int begin = page.indexOf(BEGIN);
    var kept = (begin < 0 ? page : page.substring(0, begin)).stripTrailing() + "\n";
    if (rows.isEmpty()) {
      return kept;
    }
    var lines = String.join("\n", rows.stream().map(Row::text).toList());
    return kept + "\n" + BEGIN + "\n" + TITLE + lines + "\n\n" + END + "\n";
  }

  private static Row row(Pattern pattern, Speedup gain, Proof proof) {
    boolean tensors =
        pattern.example() instanceof Example.Pair p && p.needs() != Example.Needs.PYTHON;
    boolean gpu = tensors && proof.gpu().isPresent();
    var on =
        proof.python()
            + (tensors ? proof.torch().map(t -> ", torch " + t).orElse("") : "")
            + (gpu ? proof.gpu().map(g -> ", GPU: " + g).orElse("") : "");
    return new Row(
        pattern.id(),
        gpu,
        "| %s | %s | %s | %s | %.0f%%, %.0f%% | %s |"
            .formatted(
                pattern.id(),
                duration(gain.before().medianSeconds()),
                duration(gain.after().medianSeconds()),
                digits(gain.ratio()),
                gain.before().spread() * 100,
                gain.after().spread() * 100,
                on));
  }

  private static String duration(double seconds) {
    double us = seconds * 1e6;
    return us < 1
        ? digits(us * 1e3) + " ns"
        : us < 1e3 ? digits(us) + " µs" : digits(us / 1e3) + " ms";
  }

  /// Three digits that count.
  private static String digits(double value) {
    int places = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }
}
