package hostperf.report.run;

import hostperf.agent.Outcome;
import java.util.function.ToIntFunction;

/// How long an answer may be, in characters of its JSON. Too long an answer is replaced by its next
/// shorter form, never cut.
///
/// An agent's tokenizer makes one token of 3 to 4 characters of JSON, so 7,000 characters are about
/// the 2,000 tokens that an answer is promised to stay below.
public record Budget(int characters) {
  public static final Budget ANSWER = new Budget(7_000);

  public Outcome fit(Outcome outcome, ToIntFunction<Outcome> length) {
    var form = outcome;
    while (length.applyAsInt(form) > characters) {
      var shorter = form.shorter();
      if (shorter.isEmpty()) {
        return form;
      }
      form = shorter.get();
    }
    return form;
  }
}
