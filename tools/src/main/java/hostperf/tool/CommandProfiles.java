package hostperf.tool;

import hostperf.agent.CommandProfile;
import hostperf.agent.CommandProfile.CallRow;
import hostperf.agent.CommandProfile.FunctionRow;
import hostperf.agent.CommandProfile.LineRow;
import hostperf.agent.CommandProfile.OutsideRow;
import hostperf.agent.CommandProfile.PlaceRow;
import hostperf.agent.CommandProfile.RankRow;
import hostperf.agent.CommandProfile.RootRow;
import hostperf.agent.CommandProfile.ThreadRow;
import hostperf.fact.Facts;
import hostperf.profile.LineCost;
import hostperf.profile.Passes;
import hostperf.profile.SampledProcess;
import hostperf.report.FactText;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import hostperf.stacks.Shares.LineShare;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the passes saw as rows of an answer.
public final class CommandProfiles {
  private static final int MOST_FUNCTIONS = 8;
  private static final int MOST_LINES = 10;
  private static final int MOST_CALLS = 10;
  private static final int MOST_FACTS = 3;
  private static final int MOST_OF_RANK = 3;

  /// Less is not worth a line.
  private static final double WORTH_SAYING = 0.01;

  private final Passes.Taken taken;
  private final Ranking ranking;
  private final Sources sources;

  private CommandProfiles(Passes.Taken taken, Ranking ranking, Sources sources) {
    this.taken = taken;
    this.ranking = ranking;
    this.sources = sources;
  }

  /// Empty where no sample was taken in Python code.
  ///
  /// @param sources for the lines' text; paths below them are shown relative to them
  public static Optional<CommandProfile> of(Passes.Taken taken, Sources sources) {
    return taken.ranking().map(r -> new CommandProfiles(taken, r, sources).answer());
  }

  private CommandProfile answer() {
    var lines =
        ranking.own().lines().stream()
            .filter(line -> line.own() > 0)
            .sorted(Comparator.comparingDouble(LineShare::own).reversed())
            .toList();
    var functions = ranking.shares().functions();
    return new CommandProfile(
        root(),
        functions.stream().limit(MOST_FUNCTIONS).map(this::function).toList(),
        functions.size(),
        lines.stream().limit(MOST_LINES).map(this::line).toList(),
        lines.size(),
        lines.stream().skip(MOST_LINES).mapToDouble(LineShare::own).sum(),
        ranking.shares().calls().stream().limit(MOST_CALLS).map(CommandProfiles::call).toList(),
        FactText.repeats(facts()),
        outside(),
        ranking.threads().stream().filter(t -> !t.root()).map(this::thread).toList(),
        ranks(),
        taken.lines().map(_ -> taken.coverage()),
        facts().without(),
        taken.remarks(),
        taken.sampled().map(s -> s.files().stream().map(Path::toString).toList()).orElse(List.of()),
        List.of());
  }

  private RootRow root() {
    var root = ranking.root();
    return new RootRow(
        root.function(),
        place(root.file()),
        root.how().name().toLowerCase(Locale.ROOT),
        ranking.seconds(),
        ranking.samples(),
        ranking.warmUp());
  }

  private FunctionRow function(Shares.FunctionShare f) {
    var held = ranking.holding().get(Ranking.key(f.function(), f.file()));
    return new FunctionRow(
        f.function(), place(f.file()), f.own(), f.total(), Optional.ofNullable(held));
  }

  private LineRow line(LineShare line) {
    var at = line.place();
    var facts = facts();
    return new LineRow(
        place(at.file()),
        at.line(),
        at.function(),
        line.own(),
        line.total(),
        hits(line),
        sources.file(at.file()).map(file -> file.line(at.line()).strip()).orElse(""),
        facts.within(at.file(), at.line(), at.line()).stream()
            .limit(MOST_FACTS)
            .map(fact -> FactText.of(fact, facts.steps(fact.kind())))
            .toList());
  }

  private Optional<Long> hits(LineShare line) {
    return taken.lines().stream()
        .flatMap(session -> session.report().functions().stream())
        .filter(function -> function.file().equals(line.place().file()))
        .flatMap(function -> function.lines().stream())
        .filter(cost -> cost.line() == line.place().line())
        .map(LineCost::hits)
        .max(Comparator.naturalOrder());
  }

  private Facts facts() {
    return taken.facts().map(collected -> collected.facts()).orElse(Facts.NONE);
  }

  private static CallRow call(Shares.CallShare call) {
    return new CallRow(call.from().function(), call.from().line(), call.function(), call.total());
  }

  private Optional<OutsideRow> outside() {
    return ranking.outsideShare() < WORTH_SAYING
        ? Optional.empty()
        : Optional.of(
            new OutsideRow(
                ranking.outsideShare(),
                ranking.outside().stream()
                    .filter(line -> line.own() >= WORTH_SAYING)
                    .map(line -> place(line.place(), line.own()))
                    .toList()));
  }

  private ThreadRow thread(Ranking.ThreadTime thread) {
    return new ThreadRow(
        thread.process(), thread.thread(), place(thread.most(), thread.mostShare()));
  }

  private List<RankRow> ranks() {
    Map<Long, SampledProcess> known = taken.sampled().map(s -> s.processes()).orElseGet(Map::of);
    List<RankRow> rows = new ArrayList<>();
    ranking
        .processes()
        .forEach(
            (process, shares) ->
                rows.add(
                    new RankRow(
                        process,
                        Optional.ofNullable(known.get(process))
                            .map(SampledProcess::rank)
                            .orElse(""),
                        shares.functions().stream()
                            .limit(MOST_OF_RANK)
                            .map(f -> new PlaceRow(place(f.file()), 0, f.function(), f.own()))
                            .toList())));
    return rows;
  }

  private PlaceRow place(Frame at, double share) {
    return new PlaceRow(place(at.file()), at.line(), at.function(), share);
  }

  private String place(String file) {
    var path = Path.of(file);
    return path.isAbsolute() && path.startsWith(sources.root())
        ? sources.root().relativize(path).toString()
        : file;
  }
}
