package hostperf.behaviour;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether the patched code did the same as the base, as far as it was recorded.
///
/// @param functions whose calls were compared
/// @param calls how many of their calls were compared
/// @param of how many calls they had in the candidate's launch
/// @param firstDifference present where the result is `DIFFERENT`
/// @param leftOut what was not compared, each with why: what varies by itself, and how objects keep
///     their state
/// @param remarks what else limits the comparison; the reason where nothing was compared
public record Behaviour(
    Result result,
    List<String> functions,
    long calls,
    long of,
    Optional<Difference> firstDifference,
    List<LeftOut> leftOut,
    List<String> remarks) {
  public Behaviour {
    functions = List.copyOf(functions);
    leftOut = List.copyOf(leftOut);
    remarks = List.copyOf(remarks);
  }

  /// What the comparison says.
  public enum Result {
    SAME,
    DIFFERENT,
    NOT_COMPARED;

    /// The word of the interface of record.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /// @param call its number among the calls of this function in this thread, from 1
  /// @param thread as the program names it
  /// @param what `argument`, `result`, `exception`, `argument after the call` or `calls`
  /// @param field path below it; empty where all of it differs
  public record Difference(
      String function,
      long call,
      String thread,
      String what,
      String field,
      String base,
      String candidate) {}

  /// @param what an attribute as `Class.attribute`, a field of it as `Class.attribute['field']`,
  ///     or a function
  public record LeftOut(String what, Why why) {
    /// Why it says nothing.
    public enum Why {
      /// Two launches of the base differ in it.
      VARIES,
      /// The configuration says that it does not matter.
      DECLARED,
      /// The versions keep it in different forms.
      KEPT_DIFFERENTLY,
      /// Neither its calls nor their arguments recur from launch to launch.
      NEVER_RECURS
    }
  }

  static Behaviour notCompared(List<String> functions, String why) {
    return new Behaviour(
        Result.NOT_COMPARED, functions, 0, 0, Optional.empty(), List.of(), List.of(why));
  }
}
