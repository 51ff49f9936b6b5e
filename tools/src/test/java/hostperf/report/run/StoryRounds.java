package hostperf.report.run;

import hostperf.behaviour.Behaviour;
import hostperf.classify.Hotspot;
import hostperf.classify.facts.Fact;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Known;
import hostperf.classify.facts.Scope;
import hostperf.measure.Evidence;
import hostperf.measure.Mode;
import hostperf.measure.Question;
import hostperf.measure.Sample;
import hostperf.measure.Validator;
import hostperf.measure.touched.CodeCost;
import hostperf.measure.touched.SpotChange;
import hostperf.metric.Better;
import hostperf.propose.Risk;
import hostperf.report.run.RunStory.Fate;
import hostperf.report.run.RunStory.Round;
import hostperf.report.run.RunStory.Tests;
import hostperf.report.run.RunStory.Trial;
import hostperf.report.run.RunStory.Work;
import hostperf.verdict.GainBound;
import hostperf.verdict.Guard;
import hostperf.verdict.Plan;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Rounds as a run could have had them: judged by samples, or broken by a test.
final class StoryRounds {
  static final Quantity THROUGHPUT = new Quantity("output_throughput", "tok/s", Better.HIGHER);
  static final Quantity TPOT = new Quantity("mean_tpot", "ms", Better.LOWER);

  private StoryRounds() {}

  static JudgedChange comparison(Question question, Mode mode, List<Sample> samples) {
    var fell =
        Optional.of(new SpotChange(new CodeCost(25600, 0.61, 400), new CodeCost(25600, 0.05, 400)));
    var limits = new Evidence.Limits(List.of(GainBound.ofHotspot(0.31, 2.1)), List.of());
    var evidence = new Evidence(fell, fell, 0.9, limits, Optional.empty(), Optional.empty());
    var validation =
        new Validator(question, List.of(new Guard(TPOT, 0.02)))
            .validate(samples, evidence, Validator.Tests.PASSED, List.of());
    return new JudgedChange(
        validation, Optional.of(question.looks(samples).getLast()), mode, samples);
  }

  static Round round(
      int number, Hotspot hotspot, String title, Fate fate, JudgedChange comparison) {
    return new Round(
        number,
        Optional.of(hotspot),
        Optional.of(work(hotspot, title, fate)),
        Optional.of(
            new Trial(
                Optional.of(new Tests(43, 0, 1, 0, List.of(), List.of())),
                Optional.of(behaviour(fate)),
                Optional.of(comparison))),
        fate,
        "");
  }

  /// What is rolled back dropped a request, too.
  private static Behaviour behaviour(Fate fate) {
    var functions = List.of("mini_executor.py_executor.PyExecutor._schedule");
    var varies = new Behaviour.LeftOut("LlmResponse.time", Behaviour.LeftOut.Why.VARIES);
    return fate == Fate.KEPT
        ? new Behaviour(
            Behaviour.Result.SAME,
            functions,
            420,
            2_070,
            Optional.empty(),
            List.of(varies),
            List.of())
        : new Behaviour(
            Behaviour.Result.DIFFERENT,
            functions,
            420,
            2_070,
            Optional.of(
                new Behaviour.Difference(
                    functions.getFirst(),
                    17,
                    "MainThread",
                    "result",
                    "generation_requests",
                    "31 items, at [30] LlmRequest(py_request_id=1030)",
                    "30 items, at [30] the end")),
            List.of(varies),
            List.of());
  }

  static Round broken(int number, Hotspot hotspot) {
    var tests =
        new Tests(
            40,
            3,
            1,
            2,
            List.of("tests/test_scheduler.py::test_preempted_request_resumes"),
            List.of());
    var trial = new Trial(Optional.of(tests), Optional.empty(), Optional.empty());
    return new Round(
        number,
        Optional.of(hotspot),
        Optional.of(work(hotspot, "Drop the defensive copy", Fate.ROLLED_BACK)),
        Optional.of(trial),
        Fate.ROLLED_BACK,
        "A test that passes on the base failed: the copy protects preempted requests.");
  }

  private static Work work(Hotspot hotspot, String title, Fate fate) {
    String file = hotspot.place().file();
    String diff =
        """
        diff --git a/%1$s b/%1$s
        --- a/%1$s
        +++ b/%1$s
        @@ -%2$d,3 +%2$d,3 @@ def step(self):
             for request in batch:
        -        %3$s
        +        positions.append(request.position)  # host value
             return positions
        """
            .formatted(file, hotspot.place().line() - 1, hotspot.place().source());
    return new Work(
        title,
        "sync-alloc/read-host-copy",
        Optional.of(Risk.ZERO),
        List.of("the value is already on the host"),
        diff,
        fate == Fate.KEPT
            ? Optional.of("5b2c9e1f7a3d4c6b8e0f1a2b3c4d5e6f7a8b9c0d")
            : Optional.of("refs/hostperf/run-4k7m2qpd/" + hotspot.place().line()));
  }

  static Question question() {
    return new Question(THROUGHPUT, Rule.of(0.01), new Plan(1, 8, 0), Duration.ofHours(1));
  }

  static Hotspot hotspot(
      String function, String file, int line, String source, HotspotType type, double share) {
    var because =
        List.of("It takes 23.8 µs a hit under the line profiler", "`item()` reads a value back");
    return new Hotspot(
        "h1",
        new Hotspot.Place(function, file, line, source),
        new Hotspot.Cost(25_600, 0.61, share, Optional.empty()),
        new Hotspot.Judgement(
            Hotspot.Mark.TARGET,
            Scope.PER_REQUEST,
            List.of(
                new Fact(
                    Known.DID_READ_BACK,
                    Fact.Source.MEASURED,
                    "Line %d: reads a value of the device on the host, 6,400 times (64 a step)"
                        .formatted(line)),
                new Fact(
                    Known.SLOW_HIT,
                    Fact.Source.MEASURED,
                    "It takes 23.8 µs a hit under the line profiler"),
                new Fact(Known.READS_BACK, Fact.Source.SEEN, "`item()` reads a value back")),
            List.of(),
            List.of(),
            Optional.of(new Hotspot.Decision(type, Hotspot.Decision.By.FACTS, because)),
            Optional.empty()));
  }
}
