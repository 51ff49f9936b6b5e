package hostperf.behaviour;

import hostperf.NameList;
import hostperf.behaviour.Behaviour.Difference;
import hostperf.behaviour.Behaviour.LeftOut;
import java.util.List;

/// A comparison of behaviour as a sentence, for answers, reports and questions alike.
public final class BehaviourWords {
  private static final int MOST_NAMED = 6;

  private BehaviourWords() {}

  /// One line that says all.
  public static String of(Behaviour behaviour) {
    return switch (behaviour.result()) {
      case SAME ->
          "the same over %,d of %,d calls, from outside of the changed functions, of %s%s"
              .formatted(
                  behaviour.calls(),
                  behaviour.of(),
                  functions(behaviour.functions()),
                  leftOut(behaviour.leftOut()));
      case DIFFERENT ->
          "different: %s%s"
              .formatted(
                  behaviour.firstDifference().map(BehaviourWords::of).orElse(""),
                  leftOut(behaviour.leftOut()));
      case NOT_COMPARED ->
          "not compared: "
              + behaviour.remarks().stream().findFirst().orElse("").replaceFirst("\\.$", "");
    };
  }

  /// Which call, which field, both values.
  public static String of(Difference d) {
    var thread = d.thread().equals("MainThread") ? "" : " in thread " + d.thread();
    var field = d.field().isEmpty() ? "" : " `" + d.field() + "`";
    if (d.what().equals("calls")) {
      return "%s is %s with the patch, and %s without%s"
          .formatted(shortName(d.function()), d.candidate(), d.base(), thread);
    }
    return "at call %,d of %s%s, the %s%s is %s with the patch, and %s without"
        .formatted(
            d.call(), shortName(d.function()), thread, d.what(), field, d.candidate(), d.base());
  }

  private static String functions(List<String> functions) {
    return NameList.of(functions.stream().map(BehaviourWords::shortName).toList(), MOST_NAMED);
  }

  private static String leftOut(List<LeftOut> leftOut) {
    return words(leftOut, LeftOut.Why.VARIES, "varies from launch to launch without the patch")
        + words(leftOut, LeftOut.Why.DECLARED, "is named in workload.varies")
        + words(
            leftOut, LeftOut.Why.KEPT_DIFFERENTLY, "had another form in the launch with the patch")
        + words(leftOut, LeftOut.Why.NEVER_RECURS, "has other arguments in every launch");
  }

  private static String words(List<LeftOut> leftOut, LeftOut.Why why, String because) {
    var all = leftOut.stream().filter(l -> l.why() == why).map(l -> shortName(l.what())).toList();
    if (all.isEmpty()) {
      return "";
    }
    return "; not compared, because it %s: %s".formatted(because, NameList.of(all, MOST_NAMED));
  }

  /// Without the module.
  private static String shortName(String function) {
    int call = function.lastIndexOf("::");
    if (call >= 0) {
      return function.substring(call + 2);
    }
    int field = function.indexOf('[');
    var name = field < 0 ? function : function.substring(0, field);
    int inner = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
    return function.substring(inner + 1);
  }
}
