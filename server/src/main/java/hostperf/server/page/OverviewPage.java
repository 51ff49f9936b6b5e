package hostperf.server.page;

import hostperf.job.Checkout;
import hostperf.journal.Run;
import hostperf.report.Html;
import hostperf.run.Questions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// All checkouts: what waits for a person, what is at work, and the runs.
record OverviewPage(ServedCheckouts checkouts, InstantSource clock, String form) {
  String html() {
    var out = new Html();
    var questions =
        QuestionList.of(checkouts.all().stream().flatMap(c -> Questions.of(c).stream()).toList());
    out.leaf("h1", "Runs");
    out.open("section id=\"waiting\" data-live aria-live=\"polite\"").leaf("h2", "Waiting for you");
    questions.write(out);
    out.end();
    for (int i = 0; i < checkouts.all().size(); i++) {
      checkout(checkouts.all().get(i), i + 1, out);
    }
    int open = questions.open().size();
    var title = open == 0 ? "Runs" : "(%d) Runs".formatted(open);
    return SiteFrame.page(new SiteFrame.Head(title, form, SiteFrame.Change.WHOLE), out);
  }

  private void checkout(Checkout checkout, int number, Html out) {
    out.open("section id=\"checkout-%d\" data-live".formatted(number));
    out.open("h2").leaf("code", checkout.root().toString()).end();
    WorkList.running(checkout, clock).write(out);
    runs(checkout.runs().all().reversed(), number, out);
    Machine.write(checkout, out);
    checkout.notBelieved().forEach(note -> out.leaf("p.problem", note));
    out.end();
  }

  private static void runs(List<Run> runs, int number, Html out) {
    if (runs.isEmpty()) {
      out.leaf("p.soft", "No run has begun in this checkout.");
      return;
    }
    out.open(
        "div.card.scroll tabindex=\"0\" role=\"region\" aria-label=\"Runs %d\"".formatted(number));
    out.open("table.rows").open("thead").open("tr");
    List.of("Run", "Goal", "Stage", "Rounds", "Began")
        .forEach(name -> out.leaf("th scope=\"col\"", name));
    out.end().end().open("tbody");
    for (var run : runs) {
      out.open("tr").open("th scope=\"row\"").open("a href=\"/runs/%s\"".formatted(run.id()));
      out.text(run.id().value()).end().end();
      out.leaf("td", run.setup().goal().isBlank() ? "–" : run.setup().goal());
      out.leaf("td", run.stage().label().replace('_', ' '));
      out.leaf("td", "%d of %d".formatted(run.rounds().size(), run.setup().maxRounds()));
      out.open("td");
      ShownTime.at(Instant.parse(run.setup().base().started()), out);
      out.end().end();
    }
    out.end().end().end();
  }
}
