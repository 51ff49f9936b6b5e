package hostperf.report;

import hostperf.Refusal;
import hostperf.approval.Exhibit.Remark;
import hostperf.patch.UnifiedDiff;
import java.util.List;
import java.util.stream.IntStream;

/// A whole diff as tables, one a file, with the words that differ marked and each remark below its
/// line. Nothing of it is left out: characters that are not seen are written as their code.
public final class DiffHtml {
  private final String diff;
  private final List<Numbered> remarks;

  /// @param number from 1, which a link leads to
  record Numbered(int number, Remark remark) {}

  /// @param diff unified
  public DiffHtml(String diff, List<Remark> remarks) {
    this.diff = diff;
    this.remarks =
        IntStream.range(0, remarks.size())
            .mapToObj(i -> new Numbered(i + 1, remarks.get(i)))
            .toList();
  }

  /// Old and new lines below each other.
  public void unified(Html out) {
    write(out, false);
  }

  /// Old and new lines beside each other.
  public void sideBySide(Html out) {
    write(out, true);
  }

  /// The remarks, each with a link to its line in the diff.
  public void remarks(Html out) {
    out.open("ul.remarks");
    for (var each : remarks) {
      var remark = each.remark();
      out.open("li").open("a href=\"#remark-%d\"".formatted(each.number())).open("code");
      out.exact(remark.file() + ":" + remark.line()).end().end();
      out.text(remark.isRemoved() ? " (removed) " : " ").exact(remark.text()).end();
    }
    out.end();
  }

  private void write(Html out, boolean isSideBySide) {
    try {
      for (var file : UnifiedDiff.read(diff).files()) {
        var here = remarks.stream().filter(r -> r.remark().file().equals(file.path())).toList();
        new DiffTable(file, here, isSideBySide).write(out);
      }
    } catch (Refusal _) {
      // Whatever it is, it is shown.
      out.open("pre.code tabindex=\"0\"").exact(diff).end();
    }
  }
}
