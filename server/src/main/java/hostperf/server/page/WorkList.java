package hostperf.server.page;

import hostperf.job.Checkout;
import hostperf.job.JobFiles;
import hostperf.job.Jobs;
import hostperf.report.Html;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Jobs, with how far each is.
record WorkList(JobFiles files, List<Jobs.Entry> jobs, InstantSource clock) {
  /// Those at work in a checkout.
  static WorkList running(Checkout checkout, InstantSource clock) {
    var files = new JobFiles(checkout.home());
    var running = files.all().stream().filter(j -> j.state() == Jobs.State.RUNNING).toList();
    return new WorkList(files, running, clock);
  }

  void write(Html out) {
    if (jobs.isEmpty()) {
      out.leaf("p.soft", "Nothing is running.");
      return;
    }
    out.open("ul.work");
    for (var job : jobs) {
      out.open("li.card").open("a href=\"/jobs/%s\"".formatted(Html.escaped(job.jobId())));
      out.text(job.tool()).end();
      out.text(" · %s · for %s".formatted(state(job), ShownTime.words(took(job, clock))));
      var said = files.progress(job.jobId());
      if (!said.isEmpty()) {
        out.leaf("p", said.getLast());
      }
      out.end();
    }
    out.end();
  }

  static String state(Jobs.Entry job) {
    return job.state().name().toLowerCase(java.util.Locale.ROOT);
  }

  static Duration took(Jobs.Entry job, InstantSource clock) {
    var end = job.times().ended().map(Instant::parse).orElseGet(clock::instant);
    return Duration.between(Instant.parse(job.times().started()), end);
  }
}
