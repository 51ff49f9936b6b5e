package hostperf.server.page;

import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.approval.Exhibit;
import hostperf.report.DiffHtml;
import hostperf.report.Html;
import hostperf.run.Questions.Question;
import java.util.Map;

/// One question with all that a yes would allow, and the form to answer it.
final class QuestionPage {
  private static final String SPLIT = "side-by-side";

  private final Question question;
  private final Approval approval;
  private final Map<String, String> query;
  private final String form;
  private final Html out = new Html();

  QuestionPage(ServedCheckouts.Found<Question> found, Map<String, String> query, String form) {
    this.question = found.what();
    this.approval = question.approval();
    this.query = query;
    this.form = form;
    head(found.checkout().root().toString());
  }

  String html() {
    approval.exhibit().ifPresentOrElse(this::change, this::configuration);
    answer();
    var title = QuestionList.title(approval.kind());
    return SiteFrame.page(new SiteFrame.Head(title, form, SiteFrame.Change.PARTS), out);
  }

  private void head(String checkout) {
    out.open("p.soft").leaf("code", checkout);
    approval
        .runId()
        .ifPresent(
            run ->
                out.text(" · ")
                    .open("a href=\"/runs/%s\"".formatted(Html.escaped(run)))
                    .text(run)
                    .end());
    out.end().leaf("h1", QuestionList.title(approval.kind()));
    out.open("p.lead").exact(approval.firstLine()).end();
    out.open("p.soft").text("Since ");
    ShownTime.at(approval.asked(), out);
    out.text(", expires ");
    ShownTime.at(approval.expires(), out);
    out.text(". ").leaf("a href=\"#answer\"", "To the answer").end();
  }

  private void change(Exhibit exhibit) {
    if (!exhibit.facts().isEmpty()) {
      out.open("ul.facts-list");
      exhibit.facts().forEach(fact -> out.open("li").exact(fact.strip()).end());
      out.end();
    }
    var diff = new DiffHtml(exhibit.diff(), exhibit.remarks());
    if (!exhibit.remarks().isEmpty()) {
      out.leaf("h2", "The audit flags");
      diff.remarks(out);
    }
    out.leaf("h2", "The change");
    boolean isSplit = SPLIT.equals(query.get("view"));
    out.open("nav.views aria-label=\"Layout of the diff\"");
    view("Unified", "", !isSplit);
    view("Side by side", "?view=" + SPLIT, isSplit);
    out.end();
    if (isSplit) {
      diff.sideBySide(out);
    } else {
      diff.unified(out);
    }
    out.open("details").leaf("summary", "The question as a terminal shows it");
    whole();
    out.end();
  }

  private void view(String name, String query, boolean isCurrent) {
    out.leaf(
        "a href=\"/approvals/%s%s\"%s"
            .formatted(
                Html.escaped(approval.id()), query, isCurrent ? " aria-current=\"page\"" : ""),
        name);
  }

  private void configuration() {
    out.leaf("h2", "The configuration");
    whole();
  }

  private void whole() {
    out.open("pre.whole tabindex=\"0\"").exact(approval.shown()).end();
  }

  private void answer() {
    out.open("section.card id=\"answer\" data-live aria-label=\"Your answer\"");
    if (query.containsKey("late")) {
      out.leaf("p.problem role=\"alert\"", "Another answer was first, so yours was not stored.");
    }
    switch (question.folder().decision(approval)) {
      case ApprovalResult.Approved d -> stands("Approved", "kept", d.answer());
      case ApprovalResult.Declined d -> stands("Denied", "rolled", d.answer());
      case ApprovalResult.Expired d -> {
        out.open("p").leaf("strong.open", "Expired").text(" at ");
        ShownTime.at(d.at(), out);
        out.text(". The agent's next call asks again.").end();
      }
      default -> form();
    }
    out.end();
  }

  private void stands(String word, String tone, ApprovalResult.Answer answer) {
    out.leaf("h2", "The answer").open("p").leaf("strong." + tone, word);
    out.text(" by %s through %s, ".formatted(answer.by(), answer.channel()));
    ShownTime.at(answer.at(), out);
    out.text(answer.reason().isBlank() ? "." : ": " + answer.reason()).end();
  }

  private void form() {
    out.leaf("h2", "Your answer");
    SiteFrame.form(out, "/approvals/" + approval.id(), form);
    out.leaf("label for=\"reason\"", "Reason (the agent reads it)");
    out.leaf("textarea id=\"reason\" name=\"reason\" rows=\"3\" maxlength=\"2000\"", "");
    out.open("div.buttons");
    out.leaf("button.yes type=\"submit\" name=\"decision\" value=\"approve\"", "Approve");
    out.leaf("button.no type=\"submit\" name=\"decision\" value=\"deny\"", "Deny");
    out.end().end();
    out.leaf(
        "p.soft",
        "Approving allows exactly what is shown here, once, until it expires. The first answer"
            + " stands, whichever way it comes.");
  }
}
