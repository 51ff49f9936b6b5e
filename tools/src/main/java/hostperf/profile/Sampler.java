package hostperf.profile;

import hostperf.Refusal;
import hostperf.host.Processes;
import hostperf.python.PySpy;
import hostperf.stacks.StackFiles;
import hostperf.stacks.StackProfile;
import hostperf.stacks.ThreadStacks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pass `samples`: launches the workload as it is and looks at all its threads and processes
/// many times a second.
///
/// py-spy attaches from outside, once for where threads are and once for who holds the global
/// interpreter lock. Where it may not, or is not there, a thread inside each process samples
/// instead; the answer says which it was.
public final class Sampler {
  /// Samples a second of a launch that is over within a few seconds: what py-spy keeps up with.
  /// Imports take several times as long under it.
  private static final int FASTEST = 1000;

  private static final Duration SHORT = Duration.ofSeconds(15);

  /// Of one that takes longer, or of which that is not known.
  private static final int FAST = 500;

  /// A longer one has enough samples.
  private static final Duration LONG = Duration.ofMinutes(2);

  /// Samples a second from inside.
  private static final int INSIDE_RATE = 200;

  /// py-spy that crashed and has less of the launch than this has too little.
  private static final double HALF = 0.5;

  private final Processes processes;
  private final Launcher launcher;
  private final PySpy pySpy;
  private final Path python;
  private final boolean isElsewhere;

  /// @param python any Python 3, to try whether processes may be looked into
  public Sampler(Processes processes, Launcher launcher, PySpy pySpy, Path python) {
    this(processes, launcher, pySpy, python, false);
  }

  private Sampler(
      Processes processes, Launcher launcher, PySpy pySpy, Path python, boolean isElsewhere) {
    this.processes = processes;
    this.launcher = launcher;
    this.pySpy = pySpy;
    this.python = python;
    this.isElsewhere = isElsewhere;
  }

  /// The same for launches on other machines.
  public Sampler elsewhere() {
    return new Sampler(processes, launcher, pySpy, python, true);
  }

  /// Which sampler it was.
  public enum Kind {
    /// py-spy: sees every thread between any two instructions, native code included.
    OUTSIDE,
    /// A thread in the process: sees a thread only while the interpreter lock is free.
    INSIDE
  }

  /// What a sampled launch gave.
  ///
  /// @param wall where each thread was, waiting or not
  /// @param holding where the holders of the interpreter lock were, in seconds; absent where not
  ///     known
  /// @param processes names of the processes that were sampled, by number
  /// @param modules under which names they had imported their files
  /// @param isTimed whether the seconds in `wall` are those of the clock
  /// @param files the profiles themselves
  /// @param remarks what a reader has to know of how it was taken
  public record Sampled(
      Launch launch,
      Kind kind,
      StackProfile wall,
      Optional<StackProfile> holding,
      Map<Long, SampledProcess> processes,
      LoadedModules modules,
      boolean isTimed,
      List<Path> files,
      List<String> remarks) {
    public Sampled {
      processes = Map.copyOf(processes);
      files = List.copyOf(files);
      remarks = List.copyOf(remarks);
    }
  }

  /// @param usual how long a launch takes that nothing looks at; absent where that is not known
  /// @param lines gets the workload's output
  public Sampled sample(
      Workload workload, String suffix, Optional<Duration> usual, Consumer<String> lines) {
    if (isElsewhere) {
      var why = "Launches run elsewhere, where py-spy cannot attach from here";
      return inside(why, workload, suffix, lines);
    }
    Optional<Path> program = pySpy.obtained(lines);
    Optional<String> hindrance =
        program.isEmpty()
            ? Optional.of(pySpy.absence())
            : pySpy.hindrance(program.get(), python).map(why -> "py-spy may not attach: " + why);
    return hindrance.isEmpty()
        ? outside(program.get(), workload, suffix, usual, lines)
        : inside(hindrance.get(), workload, suffix, lines);
  }

  private static int rate(Optional<Duration> usual) {
    boolean isShort = usual.filter(time -> time.compareTo(SHORT) <= 0).isPresent();
    boolean isLong = usual.filter(time -> time.compareTo(LONG) > 0).isPresent();
    return isShort ? FASTEST : isLong ? Attachments.RATE : FAST;
  }

  private Sampled outside(
      Path program,
      Workload workload,
      String suffix,
      Optional<Duration> usual,
      Consumer<String> lines) {
    Path prefix = launcher.profilePrefix(suffix);
    Launch launch;
    Attachments attachments;
    try (var attaching =
        new Attachments(processes, program, prefix, rate(usual), usual.isPresent())) {
      launch = launcher.injected(workload, suffix, environment(prefix, "outside"), lines);
      attaching.awaitProfiles();
      attachments = attaching;
    }
    ProfileFiles.clean(prefix, workload);
    var timed = merged(attachments.wall()).startedIn(workload.directory());
    if (attachments.hasCrashed() && longest(timed) < HALF * seconds(launch)) {
      deleteHolding(prefix);
      var why =
          "py-spy crashed and has samples of %.1f s of %.1f s, so the workload was launched once more"
              .formatted(longest(timed), seconds(launch));
      return inside(why, workload, suffix + "_inside", lines);
    }
    var wall = attachments.isBehind() ? timed.inSamples(rate(usual)) : timed;
    var remarks = new ArrayList<>(attachments.remarks());
    var holding = holding(attachments, remarks).map(h -> h.startedIn(workload.directory()));
    deleteHolding(prefix);
    var sampled = SampledProcess.of(prefix);
    remarks.addAll(wall.isEmpty() ? List.of(nothing(sampled)) : missing(sampled, wall));
    return new Sampled(
        launch,
        Kind.OUTSIDE,
        wall,
        holding,
        sampled,
        LoadedModules.of(prefix),
        !attachments.isBehind(),
        attachments.wall(),
        remarks);
  }

  private Sampled inside(
      String hindrance, Workload workload, String suffix, Consumer<String> lines) {
    Path prefix = launcher.profilePrefix(suffix);
    Launch launch =
        launcher.injected(
            workload, suffix, environment(prefix, Integer.toString(INSIDE_RATE)), lines);
    ProfileFiles.clean(prefix, workload);
    List<Path> files =
        ProfileFiles.after(prefix).stream()
            .filter(file -> file.toString().endsWith(".inside.json"))
            .toList();
    var remarks = new ArrayList<String>();
    remarks.add(
        hindrance
            + ". A thread inside each process sampled instead: native code that holds the"
            + " interpreter lock is seen only where it returns, waiting cannot be separated from"
            + " working, and threads change more often (every 0.1 ms instead of 5 ms).");
    var wall = merged(files);
    var sampled = SampledProcess.of(prefix);
    remarks.addAll(files.isEmpty() ? List.of(nothing(sampled)) : missing(sampled, wall));
    return new Sampled(
        launch,
        Kind.INSIDE,
        wall,
        Optional.empty(),
        sampled,
        LoadedModules.of(prefix),
        false,
        files,
        remarks);
  }

  private static double seconds(Launch launch) {
    return launch.finished().duration().toMillis() / 1e3;
  }

  /// How long the thread that was sampled longest was.
  private static double longest(StackProfile wall) {
    return wall.tracks().stream().mapToDouble(ThreadStacks::weight).max().orElse(0);
  }

  /// They have up to 75 MB a minute, and nothing reads them again.
  private static void deleteHolding(Path prefix) {
    ProfileFiles.after(prefix).stream()
        .filter(file -> file.toString().endsWith(Attachments.HOLDING))
        .forEach(Launcher::delete);
  }

  private static Map<String, String> environment(Path prefix, String sampler) {
    return Map.of("TLLM_HOSTPERF_SAMPLES", prefix.toString(), "TLLM_HOSTPERF_SAMPLER", sampler);
  }

  /// Ranks whose processes are not among those with samples.
  private static List<String> missing(Map<Long, SampledProcess> introduced, StackProfile wall) {
    var sampled = wall.tracks().stream().map(ThreadStacks::process).collect(Collectors.toSet());
    return MissingRanks.remarks(
        introduced.values().stream()
            .map(p -> new MissingRanks.Seen(sampled.contains(p.pid()) ? p.rank() : "", p.ranks()))
            .toList(),
        Pass.SAMPLES);
  }

  private static String nothing(Map<Long, SampledProcess> introduced) {
    return introduced.isEmpty()
        ? "No Python process was seen: none was started, or it ignores PYTHONPATH (`-I`, `-E`,"
            + " `-S`)."
        : "No sample was taken: the processes ended before the sampler had attached.";
  }

  /// Absent where it was not sampled. What reads a process without stopping it takes other memory
  /// for a name now and then.
  private static Optional<StackProfile> holding(Attachments attachments, List<String> remarks) {
    // The time that a function held it is compared with all of its time.
    if (attachments.isBehind() || attachments.isHoldingBehind()) {
      remarks.add("Who holds the interpreter lock is not known: py-spy could not keep up.");
      return Optional.empty();
    }
    try {
      var holding =
          joined(
              attachments.holding().entrySet().stream()
                  .map(file -> StackFiles.read(file.getKey()).inSeconds(file.getValue())));
      return holding.isEmpty() ? Optional.empty() : Optional.of(holding);
    } catch (Refusal _) {
      remarks.add(
          "Who holds the interpreter lock is not known: what py-spy wrote of it cannot be read.");
      return Optional.empty();
    }
  }

  private static StackProfile merged(List<Path> files) {
    return joined(files.parallelStream().map(StackFiles::read).toList().stream());
  }

  /// @param profiles in the order of time
  private static StackProfile joined(Stream<StackProfile> profiles) {
    return profiles
        .reduce(StackProfile::then)
        .orElseGet(() -> new StackProfile(List.of(), StackProfile.Unit.SECONDS, ""));
  }
}
