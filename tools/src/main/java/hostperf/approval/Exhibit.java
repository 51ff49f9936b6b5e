package hostperf.approval;

import java.util.List;

/// The parts of a question about a change, for a page that can set them apart. They say nothing
/// that the question's text does not say.
///
/// @param facts why, and what is known of it; one line each
/// @param remarks of the audit
/// @param diff all of it, unified
public record Exhibit(List<String> facts, List<Remark> remarks, String diff) {
  public Exhibit {
    facts = List.copyOf(facts);
    remarks = List.copyOf(remarks);
  }

  /// What the audit says of one line.
  ///
  /// @param line before the change for a removed line, after it for others
  public record Remark(String file, int line, boolean isRemoved, String text) {
    String sentence() {
      return "%s:%d: %s".formatted(file, line, text);
    }
  }
}
