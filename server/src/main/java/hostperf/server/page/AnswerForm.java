package hostperf.server.page;

import hostperf.Refusal;
import hostperf.run.Questions.Question;
import java.util.Map;

/// Stores the answer that a person sends with a question's form. The first answer stands, whichever
/// way it came.
record AnswerForm(Question question) {
  static final String CHANNEL = "page";

  private static final int LONGEST_REASON = 2_000;

  PageAnswer with(Map<String, String> fields) {
    boolean yes =
        switch (fields.getOrDefault("decision", "")) {
          case "approve" -> true;
          case "deny" -> false;
          default ->
              throw new Refusal(
                  "The form holds neither approve nor deny.", "Load the question again.");
        };
    var reason = fields.getOrDefault("reason", "").strip();
    if (reason.length() > LONGEST_REASON) {
      throw new Refusal(
          "The reason has %d characters; it may have %d."
              .formatted(reason.length(), LONGEST_REASON),
          "Go back and shorten it.");
    }
    var stands = question.answer(yes, CHANNEL, reason);
    boolean isOurs = stands.channel().equals(CHANNEL) && stands.yes() == yes;
    var id = question.approval().id();
    return new PageAnswer.Redirect("/approvals/" + id + (isOurs ? "" : "?late=yes"));
  }
}
