package hostperf.report;

import hostperf.behaviour.Behaviour;
import hostperf.classify.Fact;
import hostperf.classify.Hotspot;
import hostperf.classify.HotspotType;
import hostperf.classify.Known;
import hostperf.classify.Scope;
import hostperf.fact.Counted;
import hostperf.fact.LineFact;
import hostperf.measure.CodeCost;
import hostperf.measure.Evidence;
import hostperf.measure.GainBound;
import hostperf.measure.Guard;
import hostperf.measure.Launched;
import hostperf.measure.Mode;
import hostperf.measure.Plan;
import hostperf.measure.Quantity;
import hostperf.measure.Question;
import hostperf.measure.Rule;
import hostperf.measure.Sample;
import hostperf.measure.Side;
import hostperf.measure.Slot;
import hostperf.measure.SpotChange;
import hostperf.measure.Surroundings;
import hostperf.measure.Swapped;
import hostperf.measure.Units;
import hostperf.measure.Validator;
import hostperf.profile.Better;
import hostperf.profile.LineProfile;
import hostperf.profile.Observed;
import hostperf.profile.SpentLine;
import hostperf.propose.Risk;
import hostperf.report.RunStory.End;
import hostperf.report.RunStory.Facts;
import hostperf.report.RunStory.Fate;
import hostperf.report.RunStory.Remaining;
import hostperf.report.RunStory.Rerun;
import hostperf.report.RunStory.Round;
import hostperf.report.RunStory.Setting;
import hostperf.report.RunStory.Tests;
import hostperf.report.RunStory.Trial;
import hostperf.report.RunStory.Work;
import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.Shares;
import hostperf.stacks.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A run as it could have been: two rounds kept, one rolled back by a test, one by its numbers.
final class Stories {
  private static final Quantity THROUGHPUT =
      new Quantity("output_throughput", "tok/s", Better.HIGHER);
  private static final Quantity TPOT = new Quantity("mean_tpot", "ms", Better.LOWER);
  private final Random random = new Random(4);

  RunStory fourRounds() {
    Hotspot loop =
        hotspot(
            "ModelEngine._prepare_tp_inputs",
            "mini_executor/model_engine.py",
            88,
            "positions.append(torch.tensor(request.position).item())",
            HotspotType.HOST_SYNC,
            0.31);
    Hotspot copy =
        hotspot(
            "Scheduler.schedule",
            "mini_executor/scheduler.py",
            47,
            "active = [copy.deepcopy(r) for r in self.active]",
            HotspotType.CONTAINER,
            0.14);
    Hotspot sampler =
        hotspot(
            "Sampler._strategy_of",
            "mini_executor/sampler.py",
            112,
            "strategy = SamplingStrategy(request.params.strategy)",
            HotspotType.ENUM_CONSTRUCT,
            0.06);
    var rounds =
        List.of(
            tried(1, loop, "Read positions from the host copy", 1.24, Fate.KEPT),
            broken(2, copy),
            tried(3, copy, "Iterate over the live list, copy on change", 1.09, Fate.KEPT),
            tried(4, sampler, "Look the strategy up once per request", 1.0, Fate.ROLLED_BACK));
    return new RunStory(
        facts("Raise the throughput of the decode loop"),
        Optional.of(
            time("mini_executor/sampler.py", "Sampler.sample", "tokens = [int(t) for t in out]")),
        Optional.empty(),
        rounds,
        end(1.35, sampler));
  }

  /// One line with nearly all the time, and a fact.
  private static Observed time(String file, String function, String source) {
    var place = new Frame(function, file, 57);
    var shares = Shares.of(List.of(new Stack(List.of(place), 840)));
    var fact =
        new LineFact(
            LineFact.Kind.READ_BACK, new LineFact.Place(file, 57, function), "", 6_400, 0, 0);
    return new Observed(
        Optional.of(
            new Ranking(
                new Root(function, file, Root.How.FOUND),
                shares,
                shares,
                4.2,
                840,
                1,
                0.05,
                List.of(),
                0,
                Map.of(),
                List.of(),
                Map.of(),
                List.of())),
        new LineProfile(List.of()),
        new hostperf.fact.Facts(
            Counted.in(100, 4.2), List.of(fact), List.of(), List.of(), Map.of()),
        List.of(),
        List.of(new SpentLine(place, 0.93, 0, 0.93, Optional.of(6_400L), source, List.of(fact))),
        Optional.of(0.93),
        Map.of());
  }

  RunStory hostile(String text) {
    Hotspot hotspot = hotspot(text, text, 1, text, HotspotType.HOIST, 0.1);
    var work = new Work(text, text, Optional.of(Risk.LOW), List.of(text), text, Optional.of(text));
    var tests = new Tests(1, 1, 0, List.of(text), List.of(text));
    var trial = new Trial(Optional.of(tests), Optional.empty(), Optional.empty());
    var round =
        new Round(
            1, Optional.of(hotspot), Optional.of(work), Optional.of(trial), Fate.ROLLED_BACK, text);
    var setting = new Setting(Map.of(text, text), List.of(new Rerun(text, text)), Optional.empty());
    var end =
        new End(
            Optional.empty(),
            new Remaining(Optional.of(text), 0, true, List.of(hotspot), 1, List.of()),
            List.of(text),
            List.of(text),
            setting);
    return new RunStory(
        facts(text), Optional.of(time(text, text, text)), Optional.empty(), List.of(round), end);
  }

  private static Facts facts(String goal) {
    return new Facts(
        "run-4k7m2qpd",
        goal,
        "hostperf/run-4k7m2qpd",
        "8c1f0f6f6dfc2f6b3ad55b6c9a0f1f5f0c6f3b1a",
        THROUGHPUT,
        Instant.parse("2026-11-24T04:30:00Z"));
  }

  /// Two kept rounds, of which a swap judged the first: by the time of a step.
  RunStory withSwap() {
    var story = fourRounds();
    var blocks = swapped(0.79);
    var question =
        new Question(
            List.of(Swapped.STEP),
            Rule.of(0.01),
            new Plan(1, 3, 0),
            Duration.ofHours(1),
            Units.BLOCKS);
    var first = story.rounds().getFirst();
    var rounds =
        List.of(
            round(
                first.number(),
                first.hotspot().orElseThrow(),
                first.work().orElseThrow().title(),
                Fate.KEPT,
                comparison(question, Mode.SWAP, blocks)),
            story.rounds().get(2));
    return new RunStory(story.facts(), story.time(), story.calls(), rounds, story.end());
  }

  /// Launches that held both versions, in which the candidate's steps took `factor` of the base's.
  private List<Sample> swapped(double factor) {
    List<Sample> samples = new ArrayList<>();
    samples.add(sample(new Slot(Slot.WARM_UP, 1, Side.BASE), 1012));
    for (int pair = 1; pair <= 3; pair++) {
      for (Side side : List.of(Side.BASE, Side.CANDIDATE)) {
        var plain = sample(new Slot(pair, 1, side), 1100);
        List<Swapped.Blocks> blocks = new ArrayList<>();
        for (int number = 1; number <= 8; number++) {
          boolean isFloor = number % 4 == 0;
          double base = 0.004 * noise();
          blocks.add(
              new Swapped.Blocks(
                  0, number, isFloor, base, base * (isFloor ? 1 : factor) * noise()));
        }
        samples.add(
            new Sample(
                plain.slot(),
                plain.launched().with(new Swapped(blocks, 320, 0, 1.2)),
                plain.code(),
                plain.voided()));
      }
    }
    return samples;
  }

  /// One kept round of a workload with two points; the second decides.
  RunStory withPoints() {
    var story = fourRounds();
    var first = story.rounds().getFirst();
    var question =
        new Question(
            List.of(at("c1"), at("c64")),
            Rule.of(0.01),
            new Plan(1, 8, 0),
            Duration.ofHours(1),
            Units.LAUNCHES);
    var kept =
        round(
            1,
            first.hotspot().orElseThrow(),
            first.work().orElseThrow().title(),
            Fate.KEPT,
            comparison(question, Mode.LAUNCHES, atPoints(1.002, 1.24)));
    var end =
        new End(
            Optional.of(comparison(question, Mode.LAUNCHES, atPoints(1.001, 1.23))),
            story.end().remaining(),
            List.of(),
            List.of(),
            story.end().setting());
    return new RunStory(story.facts(), story.time(), story.calls(), List.of(kept), end);
  }

  private static Quantity at(String point) {
    return new Quantity("output_throughput@" + point, "tok/s", Better.HIGHER);
  }

  private List<Sample> atPoints(double one, double many) {
    List<Sample> samples = new ArrayList<>();
    for (int pair = 1; pair <= 8; pair++) {
      for (Side side : List.of(Side.BASE, Side.CANDIDATE)) {
        boolean isBase = side == Side.BASE;
        samples.add(
            sample(
                new Slot(pair, 1, side),
                Map.of(
                    "output_throughput@c1", 210 * (isBase ? 1 : one) * noise(),
                    "output_throughput@c64", 3900 * (isBase ? 1 : many) * noise())));
      }
    }
    return samples;
  }

  private Round tried(int number, Hotspot hotspot, String title, double factor, Fate fate) {
    double base = number == 1 ? 1012 : number == 3 ? 1254 : 1367;
    return round(
        number,
        hotspot,
        title,
        fate,
        comparison(question(), Mode.LAUNCHES, samples(base, factor, 8)));
  }

  private static JudgedChange comparison(Question question, Mode mode, List<Sample> samples) {
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

  private static Round round(
      int number, Hotspot hotspot, String title, Fate fate, JudgedChange comparison) {
    return new Round(
        number,
        Optional.of(hotspot),
        Optional.of(work(hotspot, title, fate)),
        Optional.of(
            new Trial(
                Optional.of(new Tests(43, 0, 1, List.of(), List.of())),
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

  private Round broken(int number, Hotspot hotspot) {
    var tests =
        new Tests(
            42,
            1,
            1,
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

  private End end(double factor, Hotspot left) {
    List<Sample> samples = samples(1012, factor, 8);
    var question = question();
    var validation =
        new Validator(question, List.of(new Guard(TPOT, 0.02)))
            .validate(samples, Evidence.NONE, Validator.Tests.PASSED, List.of());
    var overall =
        new JudgedChange(
            validation, Optional.of(question.looks(samples).getLast()), Mode.LAUNCHES, samples);
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("cpu", "2 cores, affinity 0-1, 1 NUMA node");
    environment.put("gpu", "none");
    environment.put("python", "3.12.4, line_profiler 4.1.3");
    environment.put("load", "0.4 per CPU before the first launch");
    var setting =
        new Setting(
            environment,
            List.of(
                new Rerun("Return to the base", "git checkout 8c1f0f6f6dfc"),
                new Rerun(
                    "One launch, unprofiled", "python3 -m mini_executor.bench --requests 64")),
            Optional.of(2.1));
    return new End(
        Optional.of(overall),
        new Remaining(Optional.of("p4"), 0, true, List.of(left), 1, List.of()),
        List.of("Next: `HOST_SYNC` in the sampler; it waits for a decision on its API."),
        List.of(),
        setting);
  }

  private static Question question() {
    return new Question(THROUGHPUT, Rule.of(0.01), new Plan(1, 8, 0), Duration.ofHours(1));
  }

  private static Hotspot hotspot(
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

  private List<Sample> samples(double base, double factor, int pairs) {
    List<Sample> samples = new ArrayList<>();
    samples.add(sample(new Slot(Slot.WARM_UP, 1, Side.BASE), base * 0.97));
    for (int pair = 1; pair <= pairs; pair++) {
      samples.add(sample(new Slot(pair, 1, Side.BASE), base));
      samples.add(sample(new Slot(pair, 1, Side.CANDIDATE), base * factor));
    }
    return samples;
  }

  private Sample sample(Slot slot, double mean) {
    double throughput = mean * noise();
    return sample(slot, Map.of("output_throughput", throughput, "mean_tpot", 8000 / throughput));
  }

  private double noise() {
    return Math.exp(0.012 * random.nextGaussian());
  }

  private static Sample sample(Slot slot, Map<String, Double> metrics) {
    double throughput = metrics.getOrDefault("output_throughput", 3000.0);
    var launched =
        new Launched(
            Optional.empty(),
            metrics,
            new Surroundings(Map.of("cpu", "2"), Map.of("load_per_cpu", 0.4), Map.of()),
            Optional.of("e3b0c442"),
            Instant.parse("2026-11-24T04:30:00Z"),
            // Start-up beside the work.
            0.4 + 900 / throughput,
            Optional.of(0.3 + 900 / throughput),
            Map.of());
    return new Sample(slot, launched, "c0de", Optional.empty());
  }
}
