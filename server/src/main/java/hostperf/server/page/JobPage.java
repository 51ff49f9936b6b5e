package hostperf.server.page;

import hostperf.job.JobFiles;
import hostperf.job.Jobs;
import hostperf.journal.RunId;
import hostperf.report.Html;
import hostperf.server.Structured;
import java.time.Instant;
import java.time.InstantSource;

/// One job: how far it is, what it said, and what its launch prints.
record JobPage(ServedCheckouts.Found<Jobs.Entry> found, InstantSource clock, String form) {
  String html() {
    var out = new Html();
    var job = found.what();
    out.leaf("h1", job.tool());
    job.work()
        .run()
        .ifPresent(
            run ->
                out.open("p")
                    .text("Of ")
                    .open("a href=\"/runs/%s\"".formatted(Html.escaped(run)))
                    .text(run)
                    .end()
                    .end());
    out.open("section id=\"state\" data-live aria-label=\"State\"");
    out.open("p").leaf("strong." + tone(job), WorkList.state(job));
    out.text(" · for %s · began ".formatted(ShownTime.words(WorkList.took(job, clock))));
    ShownTime.at(Instant.parse(job.times().started()), out);
    out.end();
    job.error().ifPresent(why -> out.sentence("p.problem", why));
    out.end();
    said(job, out);
    printed(job, out);
    job.result()
        .ifPresent(
            result ->
                out.open("details")
                    .leaf("summary", "The answer, as the agent gets it")
                    .leaf("pre.whole tabindex=\"0\"", Structured.json(result))
                    .end());
    var title = "%s, %s".formatted(job.tool(), WorkList.state(job));
    var change = job.state() == Jobs.State.RUNNING ? SiteFrame.Change.WHOLE : SiteFrame.Change.NONE;
    return SiteFrame.page(new SiteFrame.Head(title, form, change), out);
  }

  private static String tone(Jobs.Entry job) {
    return switch (job.state()) {
      case RUNNING -> "open";
      case DONE -> "kept";
      case REFUSED, FAILED -> "rolled";
      case CANCELLED -> "none";
    };
  }

  private void said(Jobs.Entry job, Html out) {
    out.open("section id=\"said\" data-live").leaf("h2", "Progress");
    var lines = new JobFiles(found.checkout().home()).progress(job.jobId());
    out.leaf(
        "pre.log tabindex=\"0\" role=\"log\" aria-label=\"Progress\"",
        lines.isEmpty() ? "Nothing was said yet." : String.join("\n", lines.reversed()));
    out.end();
  }

  private void printed(Jobs.Entry job, Html out) {
    var checkout = found.checkout();
    out.open("section id=\"printed\" data-live");
    job.work()
        .run()
        .flatMap(id -> LaunchLog.of(checkout.runs().folder(new RunId(id)), job))
        .ifPresent(
            log -> {
              out.leaf("h2", "What the launch printed");
              out.open("p.soft").text("The end of ").leaf("code", log.name()).end();
              out.leaf("pre.log tabindex=\"0\" role=\"region\" aria-label=\"Output\"", log.end());
            });
    out.end();
  }
}
