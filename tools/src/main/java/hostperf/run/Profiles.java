package hostperf.run;

import hostperf.Refusal;
import hostperf.catalog.Library;
import hostperf.classify.UnreadLines;
import hostperf.configuration.Configuration;
import hostperf.measure.LaunchCost;
import hostperf.measure.MeasuredPart;
import hostperf.profile.Drill;
import hostperf.profile.Drilldown;
import hostperf.profile.FunctionProfile;
import hostperf.profile.Launch;
import hostperf.profile.Launcher;
import hostperf.profile.ProfileSession;
import hostperf.profile.Profiling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// PROFILE: launches the workload once plain for its figures, then profiled, deeper where one line
/// hides what it calls.
public final class Profiles {
  private final Checkout checkout;
  private final Library library;

  public Profiles(Checkout checkout, Library library) {
    this.checkout = checkout;
    this.library = library;
  }

  /// What is to be profiled.
  ///
  /// @param functions where to begin; empty for the run's own
  public record Wanted(String label, List<String> functions, boolean drillDown) {}

  /// What came of it.
  public sealed interface Taken {
    record Profile(ProfileRecord record) implements Taken {}

    /// @param missing what was missing, with the log that shows it
    record Failed(String reason, List<String> missing) implements Taken {}
  }

  /// A profile for the run's next step.
  public record Step(Run run, Taken taken) {}

  /// Takes a profile and moves the run on.
  public Step profile(Run run, Wanted wanted, Consumer<String> say) {
    run.require(Move.PROFILE);
    var taken = take(run, wanted, say);
    return switch (taken) {
      case Taken.Failed _ -> new Step(run, taken);
      case Taken.Profile p ->
          new Step(
              checkout
                  .runs()
                  .append(run, new Event.Profiled(p.record().profileId(), wanted.label())),
              taken);
    };
  }

  /// Takes a profile and stores it; where the run stands does not matter. It does not count where
  /// the checkout was changed meanwhile.
  Taken take(Run run, Wanted wanted, Consumer<String> say) {
    var configuration = Locking.configuration(checkout, run);
    var outputs = new OutputFiles(configuration.workload(), checkout.root());
    var before = checkout.repository().state().without(outputs);
    var taken = taken(run, wanted, configuration, say);
    if (!(taken instanceof Taken.Profile)) {
      return taken;
    }
    var touched = before.touched(checkout.repository().state().without(outputs));
    if (touched.isEmpty()) {
      return taken;
    }
    return new Taken.Failed(
        "While the workload ran, the checkout was changed, so the profile does not count: %s."
            .formatted(TestedCode.words(touched)),
        List.of("a workload that leaves code and the commit's files alone, and nobody editing"));
  }

  private Taken taken(Run run, Wanted wanted, Configuration configuration, Consumer<String> say) {
    var folder = checkout.runs().folder(run.id());
    var launcher = new Launcher(checkout.processes(), folder.path(), System.getenv());
    var suffix = Launcher.suffix(run.rounds().size(), wanted.label());
    say.accept("launching the workload unprofiled, for its figures");
    var plain = launcher.plain(configuration.workload(), suffix, _ -> {});
    if (!plain.isComplete()) {
      return failed("The workload gave no usable figures", plain);
    }
    var functions = functions(run, wanted, configuration);
    if (functions.isEmpty()) {
      throw new Refusal(
          "There is no function to profile: the configuration names none and the target"
              + " `%s` has no map.".formatted(configuration.target()),
          "Name some in `functions`, as module.Class.method or module::function.");
    }
    var first = new Profiling(configuration.profiling().attach(), functions);
    var sources = checkout.sources();
    var drilldown = new Drilldown(sources, library.targets().of(configuration.target()));
    var session =
        new ProfileSession(launcher, drilldown, sources)
            .profile(
                configuration.workload(),
                first,
                suffix,
                wanted.drillDown() ? ProfileSession.LEVELS : 0,
                line -> progress(line, say));
    if (Thread.currentThread().isInterrupted()) {
      throw Jobs.cancelled("profile");
    }
    if (session.report().functions().isEmpty()) {
      return noReport(session.launch());
    }
    var record = record(run, wanted, suffix, configuration, plain, functions, session, drilldown);
    var _ = new Stored(folder).save(record);
    return new Taken.Profile(record);
  }

  private List<String> functions(Run run, Wanted wanted, Configuration configuration) {
    if (!wanted.functions().isEmpty()) {
      return wanted.functions();
    }
    var earlier = run.currentProfile().or(() -> lastProfile(run));
    if (earlier.isPresent()) {
      // What an earlier profile looked into, and what it found worth looking into.
      var stored = new Stored(checkout.runs().folder(run.id())).profile(earlier.get());
      return Stream.concat(
              stored.functions().stream(),
              stored.drilldown().stream()
                  .map(ProfileRecord.Drilled::target)
                  .filter(t -> !t.isEmpty()))
          .distinct()
          .toList();
    }
    return StartFunctions.of(configuration, run.setup().handoff(), library, checkout.sources());
  }

  private static Optional<String> lastProfile(Run run) {
    return run.rounds().reversed().stream().map(r -> r.change().origin().profileId()).findFirst();
  }

  /// Of the workload's own output nothing is passed on; what the session does is told.
  private static void progress(String line, Consumer<String> say) {
    if (line.startsWith("Drilling down")) {
      say.accept(line);
    }
  }

  private ProfileRecord record(
      Run run,
      Wanted wanted,
      String suffix,
      Configuration configuration,
      Launch plain,
      List<String> asked,
      ProfileSession.Result session,
      Drilldown drilldown) {
    var files = session.launch().profile().orElseThrow();
    var remarks = new ArrayList<>(files.remarks());
    remarks.addAll(files.missing());
    files.targets().stream()
        .filter(t -> t.state() != Launch.TargetNote.State.RAN)
        .map(t -> "%s %s %s".formatted(t.function(), words(t.state()), t.remark()).strip())
        .forEach(remarks::add);
    session.report().timers().stream()
        .map(t -> "%s has no lines to profile; it was timed as a whole.".formatted(t.name()))
        .forEach(remarks::add);
    UnreadLines.of(session.report().profile(), checkout.sources()).ifPresent(remarks::add);
    remarks.addAll(HintWords.of(session.report().profile()));
    session.drills().forEach(d -> remark(d).ifPresent(remarks::add));
    int number = checkout.runs().journal(run.id()).entries().size();
    return new ProfileRecord(
        "p" + number,
        wanted.label(),
        suffix,
        profiled(asked, session),
        session.report().profile(),
        new ProfileRecord.Figures(
            plain.metrics().values(),
            ProfileSession.distortion(configuration.workload(), session.launch(), plain),
            part(configuration, session, plain)),
        Stream.concat(
                session.drills().stream(),
                drilldown.knowing(files.modules()).deeper(session.report()).stream()
                    .filter(d -> session.drills().stream().noneMatch(s -> isSameCall(s, d))))
            .map(
                s ->
                    new ProfileRecord.Drilled(
                        s.function(), s.line(), s.share(), s.callee(), s.target().orElse("")))
            .toList(),
        remarks,
        files.reports().stream().map(Object::toString).toList());
  }

  /// Whatever share each of two launches gave it.
  private static boolean isSameCall(Drill one, Drill other) {
    return one.function().equals(other.function())
        && one.line() == other.line()
        && one.callee().equals(other.callee())
        && one.target().equals(other.target());
  }

  private static Optional<MeasuredPart> part(
      Configuration configuration, ProfileSession.Result session, Launch plain) {
    double longest =
        session.report().functions().stream().mapToDouble(FunctionProfile::seconds).max().orElse(0);
    return ProfileSession.slowdown(configuration.workload(), session.launch(), plain)
        .flatMap(
            slowdown ->
                MeasuredPart.of(
                    LaunchCost.of(plain.finished()),
                    LaunchCost.of(session.launch().finished()),
                    slowdown,
                    longest));
  }

  private static String words(Launch.TargetNote.State state) {
    return switch (state) {
      case NOT_FOUND -> "was not found:";
      case NEVER_RAN -> "never ran.";
      case RAN -> "ran.";
    };
  }

  /// The functions of the last launch: those asked for and those drilled down to.
  private static List<String> profiled(List<String> asked, ProfileSession.Result session) {
    var all = new ArrayList<>(asked);
    session.drills().stream().flatMap(d -> d.target().stream()).forEach(all::add);
    return all.stream().distinct().toList();
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

  /// What work that was cancelled ends with, before it stores half of something.
  private static Taken failed(String what, Launch launch) {
    var missing = new ArrayList<String>();
    launch.metrics().missing().forEach(m -> missing.add(m.metric().name() + ": " + m.reason()));
    missing.add("log: " + launch.log());
    var finished = launch.finished();
    var end =
        switch (finished.end()) {
          case EXITED -> "it exited with %d".formatted(finished.exitCode());
          case TIMED_OUT -> "it ran into workload.timeout and was ended";
          case CANCELLED -> "it was cancelled";
        };
    return new Taken.Failed("%s: %s.".formatted(what, end), missing);
  }

  private static Taken noReport(Launch launch) {
    var missing = new ArrayList<String>();
    launch
        .profile()
        .ifPresent(
            p -> {
              missing.addAll(p.remarks());
              missing.addAll(p.missing());
              p.targets().forEach(t -> missing.add(t.function() + ": " + t.remark()));
            });
    missing.add("log: " + launch.log());
    return new Taken.Failed(
        "The profiled launch left no report" + wordsOnProfiler(launch.log()), missing);
  }

  /// What the workload itself says of the profiler, as an engine does that cannot import it.
  private static String wordsOnProfiler(Path log) {
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .map(String::strip)
          .filter(line -> line.contains("line_profiler") && line.length() < 300)
          .findFirst()
          .map("; its log says: \"%s\"."::formatted)
          .orElse(".");
    } catch (IOException | UncheckedIOException _) {
      return ".";
    }
  }
}
