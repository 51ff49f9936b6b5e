package hostperf.catalog;

/// One way to remove host overhead, as its entry in `references/patterns/` tells it.
///
/// @param id unique in the catalogue, such as `hoist-invariant`
/// @param page the page it stands in, below `references/`: `patterns/loop-iteration.md`
/// @param prose the entry's text without head and code, Markdown
public record Pattern(
    String id, String title, String page, PatternHead head, String prose, Example example) {

  /// The first paragraph, on one line.
  public String summary() {
    int end = prose.indexOf("\n\n");
    return (end < 0 ? prose : prose.substring(0, end)).replace('\n', ' ').strip();
  }
}
