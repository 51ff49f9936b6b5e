package hostperf.report.run;

import hostperf.report.RunReportFrame;

/// What a run leaves behind: `report.md`, ready as the text of a pull request, and `report.html`,
/// one self-contained page that opens offline. Both say the same.
///
/// Everything in the story may come from outside (source lines, test names, the goal): it is
/// escaped wherever it is shown.
public final class RunReport {
  private final RunStory story;

  public RunReport(RunStory story) {
    this.story = story;
  }

  /// What happened, in two sentences.
  public String summary() {
    return new RunReportWords(story).summary();
  }

  public String markdown() {
    return new RunReportMarkdown(story).whole();
  }

  /// One round's part of the Markdown, for `report` with the scope `round`.
  public String roundMarkdown(int number) {
    return new RunReportMarkdown(story).rounds(number);
  }

  /// The style of the page, which other pages share.
  public static String style() {
    return RunReportFrame.style();
  }

  public String html() {
    return new RunReportPage(story).html();
  }
}
