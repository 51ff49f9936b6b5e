package hostperf.server.page;

import hostperf.job.Checkout;
import hostperf.job.JobFiles;
import hostperf.job.Jobs;
import hostperf.journal.Event;
import hostperf.journal.Journal;
import hostperf.journal.Round;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.report.Html;
import hostperf.report.run.SampleTable;
import hostperf.run.Questions;
import hostperf.run.TakenSamples;
import hostperf.verdict.Percent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One run: what waits, what is at work, samples as they come, rounds, profiles, and what was
/// noted.
final class RunPage {
  private static final int MOST_JOBS = 12;

  private final Checkout checkout;
  private final Run run;
  private final InstantSource clock;
  private final String form;
  private Html out = new Html();

  RunPage(ServedCheckouts.Found<Run> found, InstantSource clock, String form) {
    this.checkout = found.checkout();
    this.run = found.what();
    this.clock = clock;
    this.form = form;
  }

  String html() {
    out.open("p.soft").leaf("code", checkout.root().toString()).end();
    out.leaf("h1", run.setup().goal().isBlank() ? run.id().value() : run.setup().goal());
    out.open("p").leaf("a href=\"/runs/%s/report\"".formatted(run.id()), "The report so far").end();
    live("now", "Now", this::now);
    live("samples", "Samples", this::samples);
    live("rounds", "Rounds", this::rounds);
    live("profiles", "Profiles", this::profiles);
    live("jobs", "Jobs", this::jobs);
    live("notes", "Journal notes", this::notes);
    return SiteFrame.page(new SiteFrame.Head(run.id().value(), form, SiteFrame.Change.WHOLE), out);
  }

  /// A part without content is empty and not seen.
  private void live(String id, String title, Runnable content) {
    var before = out;
    out = new Html();
    content.run();
    var written = out.toString();
    out = before;
    out.open("section id=\"%s\" data-live".formatted(id));
    out.raw(written.isEmpty() ? "" : new Html().leaf("h2", title) + written).end();
  }

  private void now() {
    out.leaf(
        "p",
        "Stage: %s. Round %d of %d. Branch %s."
            .formatted(
                run.stage().label().replace('_', ' '),
                Math.max(1, run.rounds().size()),
                run.setup().maxRounds(),
                run.setup().base().branch()));
    var mine = Optional.of(run.id().value());
    QuestionList.of(
            Questions.of(checkout).stream().filter(q -> q.approval().runId().equals(mine)).toList())
        .write(out);
    WorkList.running(checkout, clock).write(out);
    Machine.write(checkout, out);
  }

  /// The latest measurement opened, earlier ones folded.
  private void samples() {
    var all = TakenSamples.in(checkout.runs().journal(run.id())).reversed();
    if (all.isEmpty()) {
      return;
    }
    var latest = all.getFirst();
    out.leaf("h3", name(latest));
    PairPicture.of(latest.samples(), checkout).ifPresent(picture -> picture.write(out));
    SampleTable.of(latest.samples()).write(out);
    for (var earlier : all.subList(1, all.size())) {
      out.open("details").leaf("summary", name(earlier));
      PairPicture.of(earlier.samples(), checkout).ifPresent(picture -> picture.write(out));
      SampleTable.of(earlier.samples()).write(out);
      out.end();
    }
  }

  private static String name(TakenSamples samples) {
    var measured = samples.measurement();
    return measured.startsWith("aa")
        ? "The same code against itself"
        : measured.startsWith("final") ? "Base against the final tree" : measured;
  }

  private void rounds() {
    if (run.rounds().isEmpty()) {
      return;
    }
    out.open("div.card.scroll tabindex=\"0\" role=\"region\" aria-label=\"Rounds\"");
    out.open("table.rows").open("thead").open("tr");
    List.of("Round", "Change", "Tests", "Verdict", "Decision")
        .forEach(name -> out.leaf("th scope=\"col\"", name));
    out.end().end().open("tbody");
    run.rounds().forEach(this::round);
    out.end().end().end();
  }

  private void round(Round round) {
    out.open("tr").leaf("th scope=\"row\"", String.valueOf(round.number()));
    out.leaf("td", round.change().summary());
    out.leaf(
        "td",
        round
            .tests()
            .map(t -> "%d passed, %d new failures".formatted(t.passed(), t.newFailures().size()))
            .orElse("–"));
    out.open("td");
    round
        .ruling()
        .ifPresentOrElse(
            r ->
                out.leaf("strong." + r.verdict(), r.verdict())
                    .text(r.gain() == 0 ? "" : ", gain " + Percent.signed(r.gain())),
            () -> out.text("–"));
    out.end().open("td");
    var decided = decided(round);
    out.leaf("span." + decided.split(" ", 2)[0], decided).end().end();
  }

  private static String decided(Round round) {
    if (round.rolledBack().isPresent()) {
      return "rolled back";
    }
    return round
        .ruling()
        .map(
            r ->
                switch (r.decision()) {
                  case KEEP -> "kept";
                  case HOLD -> "held for a person";
                  case MEASURE_MORE -> "open, more samples would decide";
                  case ROLL_BACK -> "open, to be rolled back";
                })
        .orElse("open");
  }

  private void profiles() {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var profiled =
        checkout.runs().journal(run.id()).entries().stream()
            .map(Journal.Entry::event)
            .filter(Event.Profiled.class::isInstance)
            .map(Event.Profiled.class::cast)
            .toList();
    if (profiled.isEmpty()) {
      return;
    }
    out.open("ul");
    for (var profile : profiled) {
      out.open("li");
      var words = "%s, %s".formatted(profile.profileId(), profile.label());
      if (stored.calls(profile.profileId()).isPresent()) {
        out.open(
            "a href=\"/runs/%s/profiles/%s\""
                .formatted(run.id(), Html.escaped(profile.profileId())));
        out.text("Flame view of " + words).end();
      } else {
        out.text(words + ": no stacks were kept");
      }
      out.end();
    }
    out.end();
  }

  private void jobs() {
    var files = new JobFiles(checkout.home());
    var mine =
        files.all().reversed().stream()
            .filter(j -> j.work().run().filter(run.id().value()::equals).isPresent())
            .filter(j -> j.state() != Jobs.State.RUNNING)
            .limit(MOST_JOBS)
            .toList();
    if (mine.isEmpty()) {
      return;
    }
    out.open("ul");
    for (var job : mine) {
      out.open("li").open("a href=\"/jobs/%s\"".formatted(Html.escaped(job.jobId())));
      out.text(job.tool()).end();
      out.text(
          " · %s after %s"
              .formatted(WorkList.state(job), ShownTime.words(WorkList.took(job, clock))));
      out.end();
    }
    out.end();
  }

  private void notes() {
    if (run.notes().isEmpty()) {
      return;
    }
    out.open("ul");
    run.notes().reversed().forEach(note -> out.sentence("li", note));
    out.end();
  }
}
