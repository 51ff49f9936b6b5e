package hostperf.run;

import hostperf.classify.UnreadLines;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.journal.ProfileRecord;
import hostperf.journal.ProfileRecord.Drilled;
import hostperf.journal.ProfileRecord.Figures;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.lines.FunctionProfile;
import hostperf.measure.LaunchCost;
import hostperf.measure.MeasuredPart;
import hostperf.profile.Drill;
import hostperf.profile.Drilldown;
import hostperf.profile.FactsPass;
import hostperf.profile.Launch;
import hostperf.profile.Observed;
import hostperf.profile.Pass;
import hostperf.profile.Passes;
import hostperf.profile.ProfileSession;
import hostperf.profile.Sampler;
import hostperf.profile.Workload;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Ranking;
import hostperf.stacks.Shares.CallShare;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes of what the passes saw the record that a run keeps.
final class ProfileRecorder {
  /// A function with less own time is not worth another look.
  private static final double WORTHWHILE = 0.02;

  private static final int MOST_DRILLED = 5;

  /// The least ratio that two launches of the same code show by chance on a busy machine.
  private static final double DISTURBED = 0.8;

  private final Checkout checkout;
  private final Configuration configuration;
  private final Drilldown drilldown;
  private final FunctionNames names;

  /// @param drilldown finds what lines call, where no samples tell
  ProfileRecorder(Checkout checkout, Configuration configuration, Drilldown drilldown) {
    this.checkout = checkout;
    this.configuration = configuration;
    this.drilldown = drilldown;
    this.names = new FunctionNames(checkout.sources());
  }

  /// @param plain the launch without a pass; absent where the profiles existed
  ProfileRecord record(
      Run run,
      String label,
      String suffix,
      Passes.Result passes,
      Optional<PlainLaunch> plain,
      List<String> files) {
    int number = new Stored(checkout.runs().folder(run.id())).nextProfile();
    var remarks = new ArrayList<>(passes.remarks());
    boolean isSampled = passes.ranking().isPresent();
    passes.lines().ifPresent(session -> remarks.addAll(remarks(session, isSampled)));
    passes.ranking().flatMap(this::benchmark).ifPresent(remarks::add);
    var copy = passes.ranking().flatMap(r -> installedCopy(r, passes));
    copy.map(InstalledCopy::remark).ifPresent(remarks::add);
    plain.flatMap(p -> disturbed(against(passes, p))).ifPresent(remarks::add);
    return new ProfileRecord(
        "p" + number,
        label,
        suffix,
        profiled(passes),
        Observed.of(passes, checkout.sources()),
        plain
            .map(p -> figures(passes, p))
            .orElse(new Figures(List.of(), Map.of(), Optional.empty(), Optional.empty())),
        passes.ranking().map(r -> unseen(r, passes)).orElseGet(() -> drilled(passes)),
        copy.map(InstalledCopy::files).orElse(Map.of()),
        remarks,
        files);
  }

  private Optional<String> benchmark(Ranking ranking) {
    var workload = configuration.workload();
    var root = checkout.root().toAbsolutePath().normalize();
    var words = new CommandWords(root, new ModuleFiles(root, List.of()));
    var files = words.files(workload.command(), workload.directory());
    return BenchmarkShare.remark(ranking, files, root);
  }

  private Optional<InstalledCopy> installedCopy(Ranking ranking, Passes.Result passes) {
    return passes.sampled().flatMap(s -> InstalledCopy.of(ranking, s.modules(), checkout.root()));
  }

  /// @param isSampled whether times come from the samples, and only hits from this session
  private List<String> remarks(ProfileSession.Result session, boolean isSampled) {
    var profile = session.report().profile();
    var remarks = new ArrayList<String>();
    session
        .launch()
        .profile()
        .ifPresent(
            files -> {
              remarks.addAll(files.remarks());
              remarks.addAll(files.missing());
              files.targets().stream()
                  .filter(t -> t.state() != Launch.TargetNote.State.RAN)
                  .map(
                      t -> "%s %s %s".formatted(t.function(), words(t.state()), t.remark()).strip())
                  .forEach(remarks::add);
            });
    session.report().timers().stream()
        .map(t -> "%s has no lines to profile; it was timed as a whole.".formatted(t.name()))
        .forEach(remarks::add);
    UnreadLines.of(profile, checkout.sources()).ifPresent(remarks::add);
    remarks.addAll(HintWords.of(profile, isSampled));
    session.drills().forEach(d -> remark(d).ifPresent(remarks::add));
    return remarks;
  }

  private static String words(Launch.TargetNote.State state) {
    return switch (state) {
      case NOT_FOUND -> "was not found:";
      case NEVER_RAN -> "never ran.";
      case RAN -> "ran.";
    };
  }

  private static Optional<String> remark(Drill drill) {
    return switch (drill.found()) {
      case Drill.Found.Resolved(_, _, _, Optional<String> compiled) ->
          compiled.map(
              twin ->
                  "%s runs compiled from %s; its source is not what runs."
                      .formatted(drill.callee(), twin));
      case Drill.Found.Unresolved(String reason, List<String> candidates) ->
          Optional.of(
              "%s, called at line %d of %s, is not profiled: %s.%s"
                  .formatted(
                      drill.callee(),
                      drill.line(),
                      drill.function(),
                      reason,
                      candidates.isEmpty()
                          ? ""
                          : " Candidates: " + String.join(", ", candidates) + "."));
    };
  }

  /// The functions of the last launch: those that were named or chosen, and those drilled down to.
  private static List<String> profiled(Passes.Result passes) {
    return Stream.concat(
            passes.functions().stream(),
            passes.lines().stream()
                .flatMap(session -> session.drills().stream())
                .flatMap(drill -> drill.target().stream()))
        .distinct()
        .toList();
  }

  private Figures figures(Passes.Result passes, PlainLaunch plain) {
    return new Figures(
        plain.readings(),
        slowdowns(against(passes, plain)),
        passes.lines().flatMap(session -> part(session, plain)),
        Optional.of(plain.kept()));
  }

  /// How many times slower the workload was under each pass than without one.
  private Map<Pass, Double> against(Passes.Result passes, PlainLaunch plain) {
    var slowdowns = new EnumMap<Pass, Double>(Pass.class);
    var launches = new EnumMap<Pass, Launch>(Pass.class);
    passes.sampled().map(Sampler.Sampled::launch).ifPresent(l -> launches.put(Pass.SAMPLES, l));
    passes.lines().map(ProfileSession.Result::launch).ifPresent(l -> launches.put(Pass.LINES, l));
    passes.facts().map(FactsPass.Collected::launch).ifPresent(l -> launches.put(Pass.FACTS, l));
    launches.forEach(
        (pass, launch) ->
            slowdown(configuration.workload(), launch, plain)
                .ifPresent(times -> slowdowns.put(pass, times)));
    return slowdowns;
  }

  /// Against the launch that was least held up.
  static Map<Pass, Double> slowdowns(Map<Pass, Double> against) {
    double least = Math.min(1, fastest(against));
    var slowdowns = new EnumMap<Pass, Double>(Pass.class);
    against.forEach((pass, times) -> slowdowns.put(pass, times / least));
    // What it slowed itself cannot be known where the launch without a pass was held up.
    slowdowns.values().removeIf(times -> least < DISTURBED && times == 1);
    return slowdowns;
  }

  private static double fastest(Map<Pass, Double> slowdowns) {
    return slowdowns.values().stream().mapToDouble(x -> x).min().orElse(1);
  }

  /// A pass makes nothing faster: where its launch was, the one without a pass was held up.
  static Optional<String> disturbed(Map<Pass, Double> against) {
    var fastest = fastest(against);
    return against.entrySet().stream()
        .filter(e -> e.getValue() == fastest && fastest < DISTURBED)
        .findFirst()
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "The launch without a pass was %.1f times slower than that of the pass `%s`, so something else used the machine%s.",
                    1 / fastest,
                    e.getKey().name().toLowerCase(Locale.ROOT),
                    against.size() == 1
                        ? ""
                        : ": how much slower the passes made the workload is counted from the"
                            + " latter"));
  }

  private static Optional<Double> slowdown(Workload workload, Launch profiled, PlainLaunch plain) {
    return workload
        .primary()
        .flatMap(m -> ProfileSession.slowdown(m, profiled, plain.value(m.name())));
  }

  private Optional<MeasuredPart> part(ProfileSession.Result session, PlainLaunch plain) {
    double longest =
        session.report().functions().stream().mapToDouble(FunctionProfile::seconds).max().orElse(0);
    return slowdown(configuration.workload(), session.launch(), plain)
        .flatMap(
            slowdown ->
                MeasuredPart.of(
                    plain.cost(), LaunchCost.of(session.launch().finished()), slowdown, longest));
  }

  /// Calls of the engine's own functions that have time and no hits.
  private List<Drilled> unseen(Ranking ranking, Passes.Result passes) {
    var seen =
        passes.lines().stream()
            .flatMap(session -> session.report().functions().stream())
            .map(FunctionProfile::name)
            .collect(Collectors.toSet());
    var missing =
        ranking.own().functions().stream()
            .filter(f -> f.own() >= WORTHWHILE && !seen.contains(f.function()))
            .filter(f -> !f.function().contains("<") && !names.isNested(f.file(), f.function()))
            .map(f -> Ranking.key(f.function(), f.file()))
            .collect(Collectors.toSet());
    return ranking.own().calls().stream()
        .filter(call -> missing.contains(Ranking.key(call.function(), call.file())))
        .limit(MOST_DRILLED)
        .map(call -> drilled(call, passes))
        .toList();
  }

  private Drilled drilled(CallShare call, Passes.Result passes) {
    return new Drilled(
        call.from().function(),
        call.from().line(),
        call.total(),
        call.function(),
        passes
            .sampled()
            .flatMap(s -> s.modules().nameOf(call.file(), call.function()))
            .filter(_ -> !names.isNested(call.file(), call.function()))
            .orElse(""));
  }

  private List<Drilled> drilled(Passes.Result passes) {
    return passes.lines().stream()
        .flatMap(this::calls)
        .map(d -> new Drilled(d.function(), d.line(), d.share(), d.callee(), d.target().orElse("")))
        .toList();
  }

  private Stream<Drill> calls(ProfileSession.Result session) {
    var modules = session.launch().profile().map(Launch.ProfileFiles::modules).orElse(Map.of());
    return Stream.concat(
        session.drills().stream(),
        drilldown.knowing(modules).deeper(session.report()).stream()
            .filter(d -> session.drills().stream().noneMatch(s -> isSameCall(s, d))));
  }

  /// Whatever share each of two launches gave it.
  private static boolean isSameCall(Drill one, Drill other) {
    return one.function().equals(other.function())
        && one.line() == other.line()
        && one.callee().equals(other.callee())
        && one.target().equals(other.target());
  }
}
