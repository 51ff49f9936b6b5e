package hostperf.report.run;

import hostperf.classify.Hotspot;
import hostperf.classify.facts.HotspotType;
import hostperf.fact.Counted;
import hostperf.fact.LineFact;
import hostperf.lines.LineProfile;
import hostperf.lines.SpentLine;
import hostperf.measure.Evidence;
import hostperf.measure.Mode;
import hostperf.measure.Question;
import hostperf.measure.Sample;
import hostperf.measure.Swapped;
import hostperf.measure.Units;
import hostperf.measure.Validator;
import hostperf.metric.Better;
import hostperf.profile.Observed;
import hostperf.propose.Risk;
import hostperf.report.run.RunStory.End;
import hostperf.report.run.RunStory.Facts;
import hostperf.report.run.RunStory.Fate;
import hostperf.report.run.RunStory.Remaining;
import hostperf.report.run.RunStory.Rerun;
import hostperf.report.run.RunStory.Round;
import hostperf.report.run.RunStory.Setting;
import hostperf.report.run.RunStory.Tests;
import hostperf.report.run.RunStory.Trial;
import hostperf.report.run.RunStory.Work;
import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.Shares;
import hostperf.stacks.Stack;
import hostperf.verdict.Guard;
import hostperf.verdict.Plan;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run as it could have been: two rounds kept, one rolled back by a test, one by its numbers.
final class Stories {
  private final StorySamples samples = new StorySamples();

  RunStory fourRounds() {
    Hotspot loop =
        StoryRounds.hotspot(
            "ModelEngine._prepare_tp_inputs",
            "mini_executor/model_engine.py",
            88,
            "positions.append(torch.tensor(request.position).item())",
            HotspotType.HOST_SYNC,
            0.31);
    Hotspot copy =
        StoryRounds.hotspot(
            "Scheduler.schedule",
            "mini_executor/scheduler.py",
            47,
            "active = [copy.deepcopy(r) for r in self.active]",
            HotspotType.CONTAINER,
            0.14);
    Hotspot sampler =
        StoryRounds.hotspot(
            "Sampler._strategy_of",
            "mini_executor/sampler.py",
            112,
            "strategy = SamplingStrategy(request.params.strategy)",
            HotspotType.ENUM_CONSTRUCT,
            0.06);
    var rounds =
        List.of(
            tried(1, loop, "Read positions from the host copy", 1.24, Fate.KEPT),
            StoryRounds.broken(2, copy),
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

  /// Measured anew, and nothing was found.
  RunStory undecided() {
    var story = fourRounds();
    var hotspot = story.rounds().getFirst().hotspot().orElseThrow();
    return new RunStory(
        story.facts(), story.time(), story.calls(), story.rounds(), end(1.0, hotspot));
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
    Hotspot hotspot = StoryRounds.hotspot(text, text, 1, text, HotspotType.HOIST, 0.1);
    var work = new Work(text, text, Optional.of(Risk.LOW), List.of(text), text, Optional.of(text));
    var tests = new Tests(1, 1, 0, 0, List.of(text), List.of(text));
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
        "run-4k7m2qpd", goal, "hostperf/run-4k7m2qpd", Instant.parse("2026-11-24T04:30:00Z"));
  }

  /// Two kept rounds, of which a swap judged the first: by the time of a step.
  RunStory withSwap() {
    var story = fourRounds();
    var blocks = samples.swapped(0.79);
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
            StoryRounds.round(
                first.number(),
                first.hotspot().orElseThrow(),
                first.work().orElseThrow().title(),
                Fate.KEPT,
                StoryRounds.comparison(question, Mode.SWAP, blocks)),
            story.rounds().get(2));
    return new RunStory(story.facts(), story.time(), story.calls(), rounds, story.end());
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
        StoryRounds.round(
            1,
            first.hotspot().orElseThrow(),
            first.work().orElseThrow().title(),
            Fate.KEPT,
            StoryRounds.comparison(question, Mode.LAUNCHES, samples.atPoints(1.002, 1.24)));
    var end =
        new End(
            Optional.of(
                StoryRounds.comparison(question, Mode.LAUNCHES, samples.atPoints(1.001, 1.23))),
            story.end().remaining(),
            List.of(),
            List.of(),
            story.end().setting());
    return new RunStory(story.facts(), story.time(), story.calls(), List.of(kept), end);
  }

  private static Quantity at(String point) {
    return new Quantity("output_throughput@" + point, "tok/s", Better.HIGHER);
  }

  private Round tried(int number, Hotspot hotspot, String title, double factor, Fate fate) {
    double base = number == 1 ? 1012 : number == 3 ? 1254 : 1367;
    return StoryRounds.round(
        number,
        hotspot,
        title,
        fate,
        StoryRounds.comparison(
            StoryRounds.question(), Mode.LAUNCHES, samples.pairs(base, factor, 8)));
  }

  private End end(double factor, Hotspot left) {
    List<Sample> pairs = samples.pairs(1012, factor, 8);
    var question = StoryRounds.question();
    var validation =
        new Validator(question, List.of(new Guard(StoryRounds.TPOT, 0.02)))
            .validate(pairs, Evidence.NONE, Validator.Tests.PASSED, List.of());
    var overall =
        new JudgedChange(
            validation, Optional.of(question.looks(pairs).getLast()), Mode.LAUNCHES, pairs);
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
}
