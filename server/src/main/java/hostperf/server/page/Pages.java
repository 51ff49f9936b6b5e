package hostperf.server.page;

import hostperf.Refusal;
import hostperf.report.Html;
import hostperf.report.run.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which page is at which path.
final class Pages {
  private final ServedCheckouts checkouts;
  private final InstantSource clock;

  Pages(ServedCheckouts checkouts, InstantSource clock) {
    this.checkouts = checkouts;
    this.clock = clock;
  }

  /// What everybody sees.
  Optional<PageAnswer> open(String path) {
    return switch (path) {
      case "/style.css" ->
          Optional.of(new PageAnswer.File("text/css", RunReport.style() + resource("page.css")));
      case "/page.js" -> Optional.of(new PageAnswer.File("text/javascript", resource("page.js")));
      case "/sign-in" -> Optional.of(SignInPage.asked());
      default -> Optional.empty();
    };
  }

  /// @param form what the forms of this browser carry
  PageAnswer get(String path, Map<String, String> query, String form) {
    var parts = List.of(path.substring(1).split("/"));
    return switch (parts.getFirst() + " " + parts.size()) {
      case " 1" -> PageAnswer.page(new OverviewPage(checkouts, clock, form).html());
      case "runs 2" ->
          PageAnswer.page(new RunPage(checkouts.run(parts.get(1)), clock, form).html());
      case "jobs 2" ->
          PageAnswer.page(new JobPage(checkouts.job(parts.get(1)), clock, form).html());
      case "approvals 2" ->
          PageAnswer.page(new QuestionPage(checkouts.question(parts.get(1)), query, form).html());
      case "runs 3" -> document(parts, "report").report();
      case "runs 4" -> document(parts, "profiles").profile(parts.get(3));
      default -> throw nothing();
    };
  }

  private RunDocuments document(List<String> parts, String kind) {
    if (!parts.get(2).equals(kind)) {
      throw nothing();
    }
    return new RunDocuments(checkouts.run(parts.get(1)));
  }

  PageAnswer post(String path, Map<String, String> fields) {
    var parts = List.of(path.substring(1).split("/"));
    if (parts.size() != 2 || !parts.getFirst().equals("approvals")) {
      throw nothing();
    }
    return new AnswerForm(checkouts.question(parts.get(1)).what()).with(fields);
  }

  private static Refusal nothing() {
    return new Refusal("There is nothing at this address.", "Go back to the list of runs.");
  }

  static PageAnswer problem(int status, String why, String next) {
    var out = new Html();
    out.leaf("h1", "That did not work").leaf("p.problem", why);
    if (!next.isEmpty()) {
      out.sentence("p", next);
    }
    out.open("p").leaf("a href=\"/\"", "All runs").end();
    var head = new SiteFrame.Head("Problem", "", SiteFrame.Change.NONE);
    return new PageAnswer.Page(status, SiteFrame.page(head, out));
  }

  private static String resource(String name) {
    try (var in =
        Objects.requireNonNull(Pages.class.getResourceAsStream("/hostperf/page/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
