package hostperf.agent;

/// How a tool presents itself.
///
/// @param name as agents call it, snake_case
/// @param title for people
/// @param description when to use it, and what it promises; one or two sentences
/// @param effect what a call may change
/// @param input the record of its arguments; every component carries `@Param`
/// @param answer the record that `call` usually returns, from which the output schema is made
public record Declaration<I extends Record>(
    String name,
    String title,
    String description,
    Effect effect,
    Class<I> input,
    Class<? extends Outcome> answer) {}
