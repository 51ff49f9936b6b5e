package hostperf.profile;

import hostperf.host.Command;
import hostperf.host.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// py-spy at the Python processes of one launch: two at each that is no descendant of one they are
/// at already, since py-spy follows children by itself.
///
/// The second looks at holders of the interpreter lock only, without stopping the process, because
/// two tracers cannot stop one process at the same time.
final class Attachments implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofHours(24);

  /// Where nobody knows how long a process will run, so long the first one at it looks more often
  /// than the later ones: a short workload has enough samples then, and a long one is hardly slowed
  /// and its profile stays small.
  private static final Duration FIRST = Duration.ofMinutes(1);

  /// Samples a second later on. py-spy stops the process for 0.1 to 0.5 ms each time, which at this
  /// rate costs a few percent; a line with 1 % of a minute still has over 100 samples.
  static final int RATE = 200;

  /// How the names of the profiles of holders end.
  static final String HOLDING = "gil.raw";

  /// On a busy machine a sampler that waits for its turn gets it where the program gives its own
  /// up, and sees those places too often. Where it may not go first, it runs all the same.
  private static final Path NICE = Path.of("/usr/bin/nice");

  private static final List<String> FIRST_IN_LINE = List.of(NICE.toString(), "-n", "-15");

  /// It may stop while the process goes on, as if that had ended.
  private static final int MOST_TURNS = 20;

  private final Processes processes;
  private final Path program;
  private final Path prefix;
  private final int firstRate;
  private final boolean isSteady;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Path> seen = new HashSet<>();
  private final Set<Long> attached = new HashSet<>();
  private final ConcurrentLinkedQueue<Attached> all = new ConcurrentLinkedQueue<>();
  private final Future<?> watching;
  private volatile boolean isOver;

  /// @param firstRate samples a second in the first minute of each process
  /// @param isSteady keeps to that rate: the workload is known to end soon
  Attachments(Processes processes, Path program, Path prefix, int firstRate, boolean isSteady) {
    this.processes = processes;
    this.program = program;
    this.prefix = prefix;
    this.firstRate = firstRate;
    this.isSteady = isSteady;
    this.watching = threads.submit(this::watch);
  }

  private void watch() {
    while (!isOver) {
      look();
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void look() {
    for (Path note : SampledProcess.notes(prefix)) {
      if (seen.add(note)) {
        long pid = SampledProcess.read(note).pid();
        if (!isBelowAttached(pid) && attached.add(pid)) {
          attach(pid, false, 1);
          attach(pid, true, 1);
        }
      }
    }
    for (var one : List.copyOf(all)) {
      if (one.turn() < MOST_TURNS && isLast(one) && one.isGivenUp()) {
        attach(one.pid(), one.holding(), one.turn() + 1);
      }
    }
  }

  private boolean isLast(Attached one) {
    return all.stream()
        .noneMatch(
            other ->
                other.pid() == one.pid()
                    && other.holding() == one.holding()
                    && other.turn() > one.turn());
  }

  private boolean isBelowAttached(long pid) {
    var at = ProcessHandle.of(pid);
    while (at.isPresent()) {
      if (attached.contains(at.get().pid())) {
        return true;
      }
      at = at.get().parent();
    }
    return false;
  }

  private void attach(long pid, boolean holding, int turn) {
    var output =
        prefix.resolveSibling(
            "%s.%d%s.%s"
                .formatted(
                    prefix.getFileName(),
                    pid,
                    turn == 1 ? "" : "-" + turn,
                    holding ? HOLDING : "speedscope.json"));
    var arguments = new ArrayList<>(Files.isExecutable(NICE) ? FIRST_IN_LINE : List.of());
    arguments.addAll(
        List.of(program.toString(), "record", "--pid", Long.toString(pid), "--subprocesses"));
    int rate = turn == 1 || isSteady ? firstRate : RATE;
    arguments.addAll(List.of("--rate", Integer.toString(rate), "--full-filenames", "--threads"));
    if (rate > RATE && !isSteady) {
      arguments.addAll(List.of("--duration", Long.toString(FIRST.toSeconds())));
    }
    arguments.addAll(
        holding
            ? List.of("--format", "raw", "--gil", "--nonblocking")
            : List.of("--format", "speedscope", "--idle"));
    arguments.addAll(List.of("--output", output.toString()));
    var command =
        new Command(
            arguments,
            Path.of(System.getProperty("java.io.tmpdir")),
            Map.of(),
            LONGEST,
            Optional.empty());
    var end = threads.submit(() -> processes.run(command));
    all.add(new Attached(pid, holding, turn, rate, output, end));
  }

  /// Waits until every py-spy has written its profile.
  void awaitProfiles() {
    isOver = true;
    // First the watcher: it may be about to attach one more.
    var _ = Attached.result(watching, Attached.WRITING);
    all.forEach(Attached::finished);
  }

  /// In seconds.
  List<Path> wall() {
    return outputs(false).map(Attached::output).toList();
  }

  /// In samples, of which so many are a second.
  Map<Path, Integer> holding() {
    var rates = new LinkedHashMap<Path, Integer>();
    outputs(true).forEach(one -> rates.put(one.output(), one.rate()));
    return rates;
  }

  private Stream<Attached> outputs(boolean holding) {
    return all.stream()
        .filter(one -> one.holding() == holding && one.hasSamples())
        .sorted(Comparator.comparingLong(Attached::pid).thenComparingInt(Attached::turn));
  }

  /// What py-spy itself said of its samples.
  List<String> remarks() {
    var remarks = new ArrayList<String>();
    for (var one : all) {
      if (one.holding()) {
        continue;
      }
      if (one.finished().isEmpty()) {
        remarks.add("py-spy did not end in time; its profile is missing.");
        continue;
      }
      if (!one.hasSamples()) {
        // A second one that found nothing came when the process was ending.
        if (one.turn() == 1) {
          remarks.add(
              "py-spy left no profile of process %d: %s.".formatted(one.pid(), one.reason()));
        }
      } else if (one.turn() > 1 && !before(one).isInTime(FIRST)) {
        remarks.add(
            "py-spy stopped while process %d went on, and was attached again: what ran in between is not in the samples."
                .formatted(one.pid()));
      }
      one.lost().ifPresent(remarks::add);
    }
    if (isBehind()) {
      remarks.add(
          "py-spy could not keep up and took samples late, in bursts: their number tells no seconds, and shares are less exact than it suggests.");
    }
    return remarks;
  }

  /// Whether some process got other samples a second than its profile has weights for: what is late
  /// is caught up with, one sample right after the other.
  boolean isBehind() {
    return all.stream().anyMatch(one -> !one.holding() && one.isBehind());
  }

  /// Whether those that look for holders of the lock missed much of the time: one that reads a
  /// running process can hang for seconds on what it changes meanwhile.
  boolean isHoldingBehind() {
    return all.stream().anyMatch(one -> one.holding() && one.isFarBehind());
  }

  /// Whether one lost what it had.
  boolean hasCrashed() {
    return all.stream().anyMatch(one -> !one.holding() && one.hasCrashed());
  }

  private Attached before(Attached later) {
    return all.stream()
        .filter(
            one ->
                one.pid() == later.pid()
                    && one.holding() == later.holding()
                    && one.turn() == later.turn() - 1)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    isOver = true;
    watching.cancel(true);
    all.forEach(one -> one.end().cancel(true));
    threads.shutdownNow();
  }
}
