package hostperf.job;

import hostperf.approval.Approval;
import hostperf.journal.Clone;
import hostperf.journal.RunId;
import java.nio.file.Path;
import java.util.Optional;

/// What a server writes in a checkout, done once by a process of its own.
public final class BeginsARun {
  private BeginsARun() {}

  public static void main(String[] arguments) {
    var clone = new Clone(Path.of(arguments[0]));
    var checkout = clone.open();
    checkout.owner().take();
    clone.begun();
    checkout.runs().folder(Clone.ID).write("profiles/p0.json", "{\"a\":1}");
    checkout.runs().folder(Clone.ID).writeReport("report.md", "# Report\n");
    for (var run : java.util.List.of(Optional.of(Clone.ID), Optional.<RunId>empty())) {
      var _ = checkout.approvals(run).question(Optional.empty(), Approval.Kind.PATCH, "h", "diff");
    }
    new JobFiles(checkout.home())
        .write(
            new Jobs.Entry(
                "job-aaaaaaaa",
                new Jobs.Work("profile", Optional.empty()),
                Jobs.State.DONE,
                new Jobs.Owner(1, "", ""),
                new Jobs.Times("2026-01-01T00:00:00Z", Optional.empty()),
                Optional.empty(),
                Optional.empty()));
  }
}
