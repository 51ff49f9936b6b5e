package hostperf.run;

import hostperf.Refusal;
import hostperf.catalog.Library;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.job.Jobs;
import hostperf.job.Locking;
import hostperf.journal.Event;
import hostperf.journal.Move;
import hostperf.journal.ProfileRecord;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.lines.ExistingProfiles;
import hostperf.profile.Drilldown;
import hostperf.profile.Launcher;
import hostperf.profile.Pass;
import hostperf.profile.Passes;
import hostperf.profile.Sampler;
import hostperf.profile.Workload;
import hostperf.python.PySpy;
import hostperf.run.sampling.OutputFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// PROFILE: launches the workload once plain for its figures, where these are not known yet, then
/// once for each pass.
public final class Profiles {
  private final Checkout checkout;
  private final Library library;

  public Profiles(Checkout checkout, Library library) {
    this.checkout = checkout;
    this.library = library;
  }

  /// What is to be profiled.
  ///
  /// @param passes at least one
  /// @param functions for the line profiler; empty for the run's own
  /// @param drillDown goes on from these to where the time is
  /// @param from profiles that exist, read in place of launches; empty to launch
  public record Request(
      String label, Set<Pass> passes, List<String> functions, boolean drillDown, List<Path> from) {
    public Request {
      passes = Set.copyOf(passes);
      functions = List.copyOf(functions);
      from = List.copyOf(from);
    }
  }

  /// What came of it.
  public sealed interface Result {
    /// @param passes with the stacks that the record does not keep
    record Profile(ProfileRecord record, Passes.Result passes) implements Result {}

    /// @param missing what was missing, with the log that shows it
    record Failed(String reason, List<String> missing) implements Result {}
  }

  /// Takes a profile and moves the run on.
  public Result profile(Run run, Request request, Consumer<String> progress) {
    run.require(Move.PROFILE);
    var result = request.from().isEmpty() ? take(run, request, progress) : read(run, request);
    if (result instanceof Result.Profile profile) {
      var profiled = new Event.Profiled(profile.record().profileId(), request.label());
      var _ = checkout.runs().append(run, profiled);
    }
    return result;
  }

  /// Takes a profile and stores it; where the run stands does not matter. It does not count where
  /// the checkout was changed meanwhile.
  Result take(Run run, Request request, Consumer<String> progress) {
    var configuration = Locking.configuration(checkout, run);
    var outputs = new OutputFiles(configuration.workload(), checkout.root());
    var before = checkout.repository().state().without(outputs);
    var result = result(run, request, configuration, before.digest(), progress);
    if (!(result instanceof Result.Profile)) {
      return result;
    }
    var touched = before.touched(checkout.repository().state().without(outputs));
    if (touched.isEmpty()) {
      return result;
    }
    return new Result.Failed(
        "While the workload ran, the checkout was changed, so the profile does not count: %s."
            .formatted(TestedCode.words(touched)),
        List.of("a workload that leaves code and the commit's files alone, and no one editing"));
  }

  /// Profiles that exist tell where time goes; nothing is launched.
  private Result read(Run run, Request request) {
    var configuration = Locking.configuration(checkout, run);
    var files = request.from().stream().map(checkout.root()::resolve).toList();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new Refusal(
            "There is no file %s to read a profile from.".formatted(file),
            "Give paths of profiles in `from`, relative to the checkout or absolute.");
      }
    }
    var passes =
        Passes.ofExisting(
            ExistingProfiles.read(files),
            checkout.sources(),
            configuration.root(),
            mapped(configuration));
    if (passes.ranking().isEmpty() && passes.hits().isEmpty()) {
      return new Result.Failed("The profiles have no sample of Python code.", List.of());
    }
    var record =
        new ProfileRecorder(checkout, configuration, drilldown(configuration))
            .record(
                run,
                request.label(),
                Launcher.suffix(run.rounds().size(), request.label()),
                passes,
                Optional.empty(),
                files.stream().map(Path::toString).toList());
    var _ = new Stored(checkout.runs().folder(run.id())).save(record);
    return new Result.Profile(record, passes);
  }

  private Result result(
      Run run,
      Request request,
      Configuration configuration,
      String code,
      Consumer<String> progress) {
    var folder = checkout.runs().folder(run.id());
    var executor = checkout.executor(configuration);
    var launcher = new Launcher(executor.workload(progress), folder.path(), System.getenv());
    var suffix = Launcher.suffix(run.rounds().size(), request.label());
    var look = look(run, request, configuration);
    if (look.functions().isEmpty()
        && look.otherwise().isEmpty()
        && !request.passes().contains(Pass.SAMPLES)) {
      throw new Refusal(
          "There is no function to profile: the configuration names none and the target"
              + " `%s` has no map.".formatted(configuration.target()),
          "Name some in `functions`, as module.Class.method or module::function, or take the pass"
              + " `samples` too, which finds them.");
    }
    var known = known(run, configuration.workload(), code);
    if (known.isEmpty()) {
      progress.accept("launching the workload without a pass, for its figures");
      var launch = launcher.plain(configuration.workload(), suffix, _ -> {});
      if (!launch.isComplete()) {
        return ProfileFailures.unusable("The workload gave no usable figures", launch);
      }
      known = Optional.of(PlainLaunch.of(launch, configuration.workload(), code));
    }
    var plain = known.get();
    var pySpy = new PySpy(checkout.processes(), System.getenv()).onlyFound();
    var here = new Sampler(checkout.processes(), launcher, pySpy, Path.of("python3"));
    var sampler = executor.isHere() ? here : here.elsewhere();
    var passes =
        new Passes(launcher, sampler, checkout.sources())
            .take(
                configuration.workload(),
                suffix,
                new Passes.Request(
                    request.passes(),
                    configuration.profiling().attach(),
                    configuration.root(),
                    mapped(configuration),
                    look,
                    Optional.of(Duration.ofMillis(Math.round(plain.cost().seconds() * 1e3)))),
                progress,
                _ -> {});
    if (Thread.currentThread().isInterrupted()) {
      throw Jobs.cancelled("profile");
    }
    boolean hasLines = passes.lines().filter(l -> !l.report().functions().isEmpty()).isPresent();
    if (passes.ranking().isEmpty() && !hasLines) {
      return ProfileFailures.nothing(passes);
    }
    var record =
        new ProfileRecorder(checkout, configuration, drilldown(configuration))
            .record(
                run,
                request.label(),
                suffix,
                passes,
                Optional.of(plain),
                passes.files().stream().map(Path::toString).toList());
    var _ = new Stored(folder).save(record);
    return new Result.Profile(record, passes);
  }

  /// A profile that the run has of this code says what a launch without a pass gives.
  private Optional<PlainLaunch> known(Run run, Workload workload, String code) {
    return run.currentProfile()
        .map(id -> new Stored(checkout.runs().folder(run.id())).profile(id))
        .flatMap(earlier -> PlainLaunch.of(earlier, workload, code));
  }

  private Drilldown drilldown(Configuration configuration) {
    return new Drilldown(checkout.sources(), library.targets().of(configuration.target()));
  }

  private List<String> mapped(Configuration configuration) {
    return library.targets().of(configuration.target()).roots();
  }

  private Passes.Look look(Run run, Request request, Configuration configuration) {
    var deeper =
        request.drillDown() ? Optional.of(drilldown(configuration)) : Optional.<Drilldown>empty();
    if (!request.functions().isEmpty()) {
      return new Passes.Look(request.functions(), List.of(), deeper);
    }
    var start =
        new StartFunctions(configuration, run.setup().handoff(), library, checkout.sources());
    var otherwise = otherwise(run, start);
    return request.passes().contains(Pass.SAMPLES)
        ? new Passes.Look(start.named(), otherwise, deeper)
        : new Passes.Look(otherwise, List.of(), deeper);
  }

  /// What an earlier profile looked into, and what it found worth looking into; else the map's.
  private List<String> otherwise(Run run, StartFunctions start) {
    return run.lastProfile()
        .map(id -> new Stored(checkout.runs().folder(run.id())).profile(id))
        .map(
            stored ->
                Stream.concat(
                        stored.functions().stream(),
                        stored.drilldown().stream()
                            .map(ProfileRecord.Drilled::target)
                            .filter(t -> !t.isEmpty()))
                    .distinct()
                    .toList())
        .filter(functions -> !functions.isEmpty())
        .orElseGet(start::all);
  }
}
