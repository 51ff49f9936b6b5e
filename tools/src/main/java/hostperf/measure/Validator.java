package hostperf.measure;

import hostperf.verdict.Guard;
import hostperf.verdict.Judged;
import hostperf.verdict.Pair;
import hostperf.verdict.Percent;
import hostperf.verdict.Quantity;
import hostperf.verdict.Spending;
import hostperf.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// From the samples of a complete measurement to verdict and decision.
///
/// `improved` stands only if the primary metric improved, no guard vetoes, outputs are the same
/// or not compared, and the tests passed. improved → keep, or hold when it is suspicious;
/// inconclusive → measure more, where that can settle it; all else → roll back.
///
/// @param guards every other metric; a launch that holds both versions cannot tell of them
public record Validator(Question question, List<Guard> guards) {
  public Validator {
    guards = List.copyOf(guards);
  }

  public enum Tests {
    PASSED,
    FAILED,
    NOT_RUN
  }

  /// @param noticed what was seen while the samples were taken and a person should decide about
  public Validation validate(
      List<Sample> samples, Evidence evidence, Tests tests, List<String> noticed) {
    var looks = question.looks(samples);
    Judged judged = looks.getLast();
    Outputs outputs = Outputs.of(samples);
    List<String> objections = objections(samples, outputs, tests);
    Verdict verdict = judged.verdict();
    if (verdict == Verdict.IMPROVED && !objections.isEmpty()) {
      verdict = Verdict.INCONCLUSIVE;
    }
    List<String> suspicions =
        verdict == Verdict.IMPROVED
            ? Stream.concat(suspicions(judged, samples, evidence).stream(), noticed.stream())
                .toList()
            : List.of();
    return new Validation(
        verdict,
        decision(verdict, suspicions, objections.isEmpty() && question.isOpen(samples)),
        evidence.hotspot(),
        evidence.function(),
        metrics(samples),
        question.points(samples),
        outputs,
        Validation.Counts.of(samples),
        reason(judged, objections, suspicions) + excluded(verdict, samples) + spent(looks.size()),
        warnings(judged, verdict, samples, evidence));
  }

  /// A profile speaks of the workload as it is, not of a point.
  private List<String> suspicions(Judged judged, List<Sample> samples, Evidence evidence) {
    return question.metrics().size() > 1
        ? List.of()
        : (question.units() == Units.BLOCKS ? evidence.ofSwap() : evidence)
            .suspicions(question.metric(), judged.interval(), samples);
  }

  private static Decision decision(Verdict verdict, List<String> suspicions, boolean isOpen) {
    return switch (verdict) {
      case IMPROVED -> suspicions.isEmpty() ? Decision.KEEP : Decision.HOLD;
      case REGRESSED, UNCHANGED -> Decision.ROLL_BACK;
      case INCONCLUSIVE -> isOpen ? Decision.MEASURE_MORE : Decision.ROLL_BACK;
    };
  }

  private List<String> objections(List<Sample> samples, Outputs outputs, Tests tests) {
    List<String> objections = new ArrayList<>();
    if (outputs == Outputs.DIFFERENT) {
      objections.add("The workload's output differs from the base's.");
    }
    switch (tests) {
      case PASSED -> {}
      case FAILED -> objections.add("Tests failed that pass on the base.");
      case NOT_RUN -> objections.add("The tests were not run on this patch.");
    }
    told().forEach(guard -> guard.veto(pairs(guard.metric(), samples)).ifPresent(objections::add));
    return objections;
  }

  /// What the answer can only be.
  private String excluded(Verdict verdict, List<Sample> samples) {
    return verdict == Verdict.INCONCLUSIVE && question.excludesGain(samples)
        ? " A gain of %s or more is excluded at 95%%."
            .formatted(Percent.setting(question.rule().minEffect()))
        : "";
  }

  /// What the answer may have cost of the chance to be wrong.
  private static String spent(int looks) {
    return looks == 1
        ? ""
        : " Look %d of at most %d; a gain that is none passes one of them in %s of cases at most."
            .formatted(looks, Spending.MOST_LOOKS, Percent.setting(Spending.ALL / 2));
  }

  private static String reason(Judged judged, List<String> objections, List<String> suspicions) {
    String suspicious = suspicions.isEmpty() ? "" : "Suspicious: " + String.join(" ", suspicions);
    return Stream.concat(
            Stream.of(judged.reason(), suspicious).filter(text -> !text.isEmpty()),
            objections.stream())
        .reduce((left, right) -> left + " " + right)
        .orElseThrow();
  }

  /// @param verdict only an improvement is compared with profiles
  private List<String> warnings(
      Judged judged, Verdict verdict, List<Sample> samples, Evidence evidence) {
    List<String> warnings = new ArrayList<>();
    if (evidence.part().isEmpty() && question.units() == Units.LAUNCHES) {
      LaunchTotals.question(question.metric(), judged, samples).ifPresent(warnings::add);
    }
    told().forEach(guard -> guard.warning(pairs(guard.metric(), samples)).ifPresent(warnings::add));
    if (verdict == Verdict.IMPROVED && !evidence.limits().unknown().isEmpty()) {
      warnings.add(
          "There is no upper bound to hold the gain against: line_profiler did not time %s."
              .formatted(String.join("; ", evidence.limits().unknown())));
    }
    warnings.addAll(Conditions.warnings(samples));
    return warnings;
  }

  private List<MetricChange> metrics(List<Sample> samples) {
    return Stream.concat(question.metrics().stream(), told().stream().map(Guard::metric))
        .filter(metric -> !pairs(metric, samples).isEmpty())
        .map(metric -> MetricChange.of(metric, question.units(), pairs(metric, samples)))
        .toList();
  }

  private List<Guard> told() {
    return question.units() == Units.LAUNCHES ? guards : List.of();
  }

  private List<Pair> pairs(Quantity metric, List<Sample> samples) {
    return question.units().pairs(metric.name(), Schedule.complete(samples));
  }
}
