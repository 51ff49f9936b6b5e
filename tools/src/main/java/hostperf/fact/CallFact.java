package hostperf.fact;

/// What repeated in the calls of one function: the first of each step that was looked at closely.
///
/// Arguments and results are compared by content as far as they are numbers, texts and small
/// containers of them, objects by identity; calls with anything else are not compared.
///
/// @param place the function's first line
/// @param calls that were looked at
/// @param compared how many of them could be compared
/// @param againInStep how many of those had arguments that an earlier call of the same step had,
///     and the same result
/// @param againInRun the same over all steps
/// @param unused how many calls' results were thrown away by the caller
/// @param isConstant whether every compared call gave the same result
public record CallFact(
    LineFact.Place place,
    long calls,
    long compared,
    long againInStep,
    long againInRun,
    long unused,
    boolean isConstant) {}
