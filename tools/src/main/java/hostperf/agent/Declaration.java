package hostperf.agent;

import java.util.List;

/// How a tool presents itself.
///
/// @param name as agents call it, snake_case
/// @param title for people
/// @param description when to use it, and what it promises; one or two sentences
/// @param effect what a call may change
/// @param input the record of its arguments; every component carries `@Param`
/// @param answers the records that `call` may return beside those any tool may, from which the
///     output schema is made
public record Declaration<I extends Record>(
    String name,
    String title,
    String description,
    Effect effect,
    Class<I> input,
    List<Class<? extends Outcome>> answers) {
  public Declaration {
    answers = List.copyOf(answers);
  }

  /// A tool with one kind of answer.
  public Declaration(
      String name,
      String title,
      String description,
      Effect effect,
      Class<I> input,
      Class<? extends Outcome> answer) {
    this(name, title, description, effect, input, List.of(answer));
  }
}
