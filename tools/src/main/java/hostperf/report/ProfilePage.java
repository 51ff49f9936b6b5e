package hostperf.report;

import hostperf.Refusal;
import hostperf.profile.Passes;
import hostperf.source.Sources;
import java.util.List;
import java.util.Optional;

/// The page of one profile: its calls as an icicle, with the source of a function beside it and
/// what each line did in the margin.
///
/// One HTML file that loads nothing. Its policy runs only our two scripts and our style, by their
/// hashes, and a profile's names and sources are data that the script shows as text.
public final class ProfilePage {
  private static final String LAYOUT =
      "/META-INF/resources/webjars/d3-hierarchy/3.1.2/dist/d3-hierarchy.min.js";

  /// In characters; a report with more in it is slow to open.
  private static final int MOST_KEPT = 2_000_000;

  private ProfilePage() {}

  /// The whole page; the same profile gives the same text. Refused where it has no stacks.
  public static String html(Passes.Result result, Sources sources) {
    var seen =
        result
            .seen()
            .orElseThrow(
                () ->
                    new Refusal(
                        "A page needs stacks, which this profile does not have.",
                        "Take samples with `hostperf profile --html FILE -- COMMAND`, or give a"
                            + " sampling profiler's file with --from."));
    return html(new ProfilePageData(result, seen, sources).json());
  }

  /// What the page shows of the root's steps alone, to be kept for a report; empty where the
  /// profile has no stacks.
  public static Optional<String> steps(Passes.Result result, Sources sources) {
    return result.ranking().isEmpty()
        ? Optional.empty()
        : result
            .seen()
            .map(seen -> new ProfilePageData(result, seen, sources).ofSteps().json())
            .filter(json -> json.length() <= MOST_KEPT);
  }

  /// The page around what `steps` gave.
  public static String html(String data) {
    String layout = RunReportFrame.resource(LAYOUT);
    String script = script();
    String style = RunReportFrame.resource("/hostperf/report/profile-page.css");
    return RunReportFrame.resource("/hostperf/report/profile-page.html")
        .replace("{{style-hash}}", RunReportFrame.hash(style))
        .replace("{{layout-hash}}", RunReportFrame.hash(layout))
        .replace("{{script-hash}}", RunReportFrame.hash(script))
        .replace("/*{{style}}*/", style)
        .replace("/*{{layout}}*/", layout)
        .replace("/*{{script}}*/", script)
        .replace("{{data}}", data);
  }

  /// A page that holds this one has to let them run.
  public static List<String> scriptHashes() {
    return List.of(
        RunReportFrame.hash(RunReportFrame.resource(LAYOUT)), RunReportFrame.hash(script()));
  }

  private static String script() {
    return RunReportFrame.resource("/hostperf/report/profile-page.js");
  }
}
