package hostperf.server.page;

import hostperf.approval.Approval;
import hostperf.report.Html;
import hostperf.run.Questions.Question;
import java.util.List;

/// The questions that nobody has answered.
record QuestionList(List<Question> open) {
  static QuestionList of(List<Question> questions) {
    return new QuestionList(questions.stream().filter(q -> q.state().equals("pending")).toList());
  }

  void write(Html out) {
    if (open.isEmpty()) {
      out.leaf("p.soft", "Nothing waits for you.");
      return;
    }
    out.open("ul.waiting");
    for (var question : open) {
      var approval = question.approval();
      out.open("li.card").open("a href=\"/approvals/%s\"".formatted(Html.escaped(approval.id())));
      out.text(title(approval.kind())).end();
      out.open("p").exact(approval.firstLine()).end();
      out.open("p.soft").text("Since ");
      ShownTime.at(approval.asked(), out);
      out.end().end();
    }
    out.end();
  }

  static String title(Approval.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> "A configuration whose commands would run";
      case PATCH -> "A patch to apply";
      case FLAGGED_PATCH -> "A patch that the audit flags";
      case KEEP -> "A change to keep or to take out";
    };
  }
}
