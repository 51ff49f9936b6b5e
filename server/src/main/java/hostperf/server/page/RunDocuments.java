package hostperf.server.page;

import hostperf.Refusal;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.report.ProfilePage;
import hostperf.report.run.Chronicle;
import hostperf.report.run.RunReport;
import hostperf.run.Ending;

/// The documents of a run, made from what is sealed: files that lie beside may be anybody's.
record RunDocuments(ServedCheckouts.Found<Run> found) {
  /// As `hostperf report` would write it now, with nothing measured for it.
  PageAnswer report() {
    var checkout = found.checkout();
    var known = new Ending(checkout).known(found.what());
    var story = Chronicle.of(checkout, found.what()).story(known);
    return new PageAnswer.Apart(new RunReport(story).html(), ProfilePage.scriptHashes());
  }

  /// The calls of its steps.
  PageAnswer profile(String profileId) {
    var calls =
        new Stored(found.checkout().runs().folder(found.what().id()))
            .calls(profileId)
            .orElseThrow(
                () ->
                    new Refusal(
                        "No stacks of this profile were kept.", "Go back to the list of runs."));
    return new PageAnswer.Apart(ProfilePage.html(calls), ProfilePage.scriptHashes());
  }
}
