package hostperf.profile;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// py-spy at the Python processes of one launch: two at each that is no descendant of one they are
/// at already, since py-spy follows children by itself.
///
/// The second looks at holders of the interpreter lock only, without stopping the process, because
/// two tracers cannot stop one process at the same time.
final class Attachments implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofHours(24);

  /// After the workload's end py-spy writes what it has.
  private static final Duration WRITING = Duration.ofSeconds(30);

  private static final Pattern ERRORS = Pattern.compile("Samples: (\\d+) Errors: (\\d+)");

  private final Processes processes;
  private final Path program;
  private final Path prefix;
  private final int rate;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Path> seen = new HashSet<>();
  private final Set<Long> attached = new HashSet<>();
  private final ConcurrentLinkedQueue<Attached> all = new ConcurrentLinkedQueue<>();
  private final Future<?> watching;
  private volatile boolean isOver;

  private record Attached(Path output, boolean holding, Future<Finished> end) {}

  Attachments(Processes processes, Path program, Path prefix, int rate) {
    this.processes = processes;
    this.program = program;
    this.prefix = prefix;
    this.rate = rate;
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
          attach(pid, false, "speedscope", List.of("--idle", "--threads"));
          attach(pid, true, "raw", List.of("--gil", "--threads", "--nonblocking"));
        }
      }
    }
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

  private void attach(long pid, boolean holding, String format, List<String> options) {
    var output =
        prefix.resolveSibling(
            "%s.%d.%s"
                .formatted(prefix.getFileName(), pid, holding ? "gil.raw" : "speedscope.json"));
    var arguments =
        new ArrayList<>(
            List.of(program.toString(), "record", "--pid", Long.toString(pid), "--subprocesses"));
    arguments.addAll(List.of("--rate", Integer.toString(rate), "--full-filenames"));
    arguments.addAll(List.of("--format", format, "--output", output.toString()));
    arguments.addAll(options);
    var command =
        new Command(
            arguments,
            Path.of(System.getProperty("java.io.tmpdir")),
            Map.of(),
            LONGEST,
            Optional.empty());
    all.add(new Attached(output, holding, threads.submit(() -> processes.run(command))));
  }

  /// Waits until every py-spy has written its profile.
  void awaitProfiles() {
    isOver = true;
    // First the watcher: it may be about to attach one more.
    var _ = result(watching);
    all.forEach(one -> result(one.end()));
  }

  /// Empty where it does not come in time, or was given up before.
  private static <T> Optional<T> result(Future<T> future) {
    try {
      return Optional.ofNullable(future.get(WRITING.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      future.cancel(true);
      return Optional.empty();
    } catch (CancellationException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new IllegalStateException("py-spy could not be run", e);
    }
  }

  List<Path> wall() {
    return outputs(false);
  }

  List<Path> holding() {
    return outputs(true);
  }

  private List<Path> outputs(boolean holding) {
    return all.stream()
        .filter(one -> one.holding() == holding)
        .map(Attached::output)
        .filter(Attachments::hasSamples)
        .sorted()
        .toList();
  }

  /// Where no sample fell, py-spy's raw profile is empty.
  private static boolean hasSamples(Path profile) {
    try {
      return Files.isRegularFile(profile) && Files.size(profile) > 0;
    } catch (IOException _) {
      return false;
    }
  }

  /// What py-spy itself said of its samples.
  List<String> remarks() {
    var remarks = new ArrayList<String>();
    for (var one : all) {
      if (one.holding()) {
        continue;
      }
      var finished = result(one.end());
      if (finished.isEmpty()) {
        remarks.add("py-spy did not end in time; its profile is missing.");
        continue;
      }
      String output = finished.get().output();
      Matcher errors = ERRORS.matcher(output);
      if (errors.find()) {
        long samples = Long.parseLong(errors.group(1));
        long lost = Long.parseLong(errors.group(2));
        if (lost * 20 > samples) {
          remarks.add("py-spy could not read %,d of %,d samples.".formatted(lost, samples + lost));
        }
      }
      if (output.contains("behind in sampling")) {
        remarks.add(
            "py-spy could not keep up with %d samples a second; it took fewer.".formatted(rate));
      }
    }
    return remarks;
  }

  @Override
  public void close() {
    isOver = true;
    watching.cancel(true);
    all.forEach(one -> one.end().cancel(true));
    threads.shutdownNow();
  }
}
