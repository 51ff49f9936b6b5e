package hostperf.report;

import hostperf.Refusal;
import hostperf.profile.Passes;
import hostperf.source.Sources;

/// The page of one profile: its calls as an icicle, with the source of a function beside it and
/// what each line did in the margin.
///
/// One HTML file that loads nothing. Its policy runs only our two scripts and our style, by their
/// hashes, and a profile's names and sources are data that the script shows as text.
public final class ProfilePage {
  private static final String LAYOUT =
      "/META-INF/resources/webjars/d3-hierarchy/3.1.2/dist/d3-hierarchy.min.js";

  private ProfilePage() {}

  /// The whole page; the same profile gives the same text. Refused where it has no stacks.
  public static String html(Passes.Taken taken, Sources sources) {
    var seen =
        taken
            .seen()
            .orElseThrow(
                () ->
                    new Refusal(
                        "A page needs stacks, which this profile has not.",
                        "Take samples with `hostperf profile --html FILE -- COMMAND`, or give a"
                            + " sampling profiler's file with --from."));
    String layout = RunReportFrame.resource(LAYOUT);
    String script = RunReportFrame.resource("/hostperf/report/profile-page.js");
    String style = RunReportFrame.resource("/hostperf/report/profile-page.css");
    return RunReportFrame.resource("/hostperf/report/profile-page.html")
        .replace("{{style-hash}}", RunReportFrame.hash(style))
        .replace("{{layout-hash}}", RunReportFrame.hash(layout))
        .replace("{{script-hash}}", RunReportFrame.hash(script))
        .replace("/*{{style}}*/", style)
        .replace("/*{{layout}}*/", layout)
        .replace("/*{{script}}*/", script)
        .replace("{{data}}", new ProfilePageData(taken, seen, sources).json());
  }
}
