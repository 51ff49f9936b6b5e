package hostperf.server.page;

import hostperf.Refusal;
import hostperf.job.Checkout;
import hostperf.job.JobFiles;
import hostperf.job.Jobs;
import hostperf.journal.Run;
import hostperf.journal.RunId;
import hostperf.run.Questions;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The checkouts that the page shows, and what is looked up in all of them by its id.
record ServedCheckouts(List<Checkout> all) {
  ServedCheckouts {
    all = List.copyOf(all);
  }

  /// @param what lies in the checkout
  record Found<T>(Checkout checkout, T what) {}

  Found<Run> run(String id) {
    var runId = new RunId(id);
    return first(
        "run " + id,
        c ->
            Files.exists(c.runs().folder(runId).journal())
                ? Optional.of(c.runs().load(runId))
                : Optional.empty());
  }

  Found<Questions.Question> question(String id) {
    return first(
        "question " + id,
        c -> Questions.of(c).stream().filter(q -> q.approval().id().equals(id)).findFirst());
  }

  Found<Jobs.Entry> job(String id) {
    return first(
        "job " + id,
        c -> new JobFiles(c.home()).all().stream().filter(j -> j.jobId().equals(id)).findFirst());
  }

  private <T> Found<T> first(String what, Function<Checkout, Optional<T>> lookUp) {
    return all.stream()
        .flatMap(c -> lookUp.apply(c).map(found -> new Found<>(c, found)).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "There is no %s here.".formatted(what), "Go back to the list of runs."));
  }
}
