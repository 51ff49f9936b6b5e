package hostperf.host;

import hostperf.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Starts programs on this machine.
///
/// Beyond what `Processes` promises: standard input is empty; processes that the command leaves
/// behind are ended too, a second after the command itself has ended; an interrupt of the calling
/// thread shows as `CANCELLED` and stays, so that nothing is started after it. Secrets of the
/// environment are handed on, and taken out of whatever the program prints. The variable `MARK` is
/// added to the environment (a value given by the command or inherited stays in front), so that a
/// later process can find and end what a dead one has left.
public final class LocalProcesses implements Processes {
  /// Names the variable that marks all processes of a command; marks are separated by `;`.
  public static final String MARK = "HOSTPERF_MARK";

  // Python's resource tracker and the like tidy up after their parent has gone; let them.
  /// How Java quotes it: `… Exec failed, error: 2 (No such file or directory) `.
  private static final Pattern SYSTEMS_WORD = Pattern.compile("error: \\d+ \\((.*)\\)");

  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Set<String> withheld;
  private final Orphans orphans;

  public LocalProcesses() {
    this(Set.of(), Orphans.left());
  }

  /// @param withheld environment variables that no process gets: keys are not for workloads
  /// @param orphans of this process
  public LocalProcesses(Set<String> withheld, Orphans orphans) {
    this.withheld = Set.copyOf(withheld);
    this.orphans = orphans;
  }

  @Override
  public Finished run(Command command, Consumer<String> lines) {
    if (Thread.currentThread().isInterrupted()) {
      return new Finished(Finished.End.CANCELLED, -1, "", Duration.ZERO);
    }
    String mark = UUID.randomUUID().toString();
    OutputLog log = OutputLog.to(command.log(), OutputLog.LIMIT);
    var watch = Stopwatch.started();
    var builder = prepared(command, mark);
    Process process = orphans.begin(() -> start(builder, command));
    var processor = ProcessorTime.shared().begin();
    var redactor = Redactor.of(builder.environment(), command.arguments());
    OutputPump pump = OutputPump.start(process.getInputStream(), log, lines, redactor);
    var tree = new ProcessTree(Optional.of(process.toHandle()), mark, orphans);
    Finished.End end = awaitEnd(process, command.limit());
    Duration duration = watch.elapsed();
    boolean cancelled = end == Finished.End.CANCELLED;
    if (end == Finished.End.EXITED) {
      cancelled = !letLinger(pump);
    }
    cancelled |= Thread.interrupted();
    tree.end();
    orphans.reap(process.toHandle());
    cancelled |= !letLinger(pump);
    if (cancelled || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      end = Finished.End.CANCELLED;
    }
    var spent = ProcessorTime.shared().end(processor);
    return new Finished(end, exitCode(process), pump.text(), duration, spent);
  }

  /// Ends every process that carries this mark, and says how many there were: what a server that
  /// died has left running. Finds nothing where the system does not show environments.
  public int endMarked(String mark) {
    return new ProcessTree(Optional.empty(), mark, orphans).end();
  }

  private ProcessBuilder prepared(Command command, String mark) {
    if (!Files.isDirectory(command.directory())) {
      throw new Refusal(
          "The folder " + command.directory() + " does not exist.",
          "Correct `directory` in the configuration.");
    }
    var builder =
        new ProcessBuilder(command.arguments())
            .directory(command.directory().toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    var environment = builder.environment();
    environment.keySet().removeAll(withheld);
    environment.putAll(command.environment());
    environment.merge(MARK, mark, (outer, inner) -> outer + ";" + inner);
    return builder;
  }

  private static Process start(ProcessBuilder builder, Command command) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new Refusal(
          "The program `%s` cannot be started in %s: %s."
              .formatted(command.arguments().getFirst(), command.directory(), reason(e)),
          "Install it, or name another program.",
          e);
    }
  }

  private static String reason(IOException e) {
    var system = SYSTEMS_WORD.matcher(String.valueOf(e.getMessage()));
    return system.find() ? system.group(1) : "the system refused it";
  }

  private static Finished.End awaitEnd(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)
          ? Finished.End.EXITED
          : Finished.End.TIMED_OUT;
    } catch (InterruptedException _) {
      return Finished.End.CANCELLED;
    }
  }

  /// @return false where the wait was cancelled
  private static boolean letLinger(OutputPump pump) {
    try {
      boolean _ = pump.awaitEnd(LINGER);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  private static int exitCode(Process process) {
    return process.isAlive() ? -1 : process.exitValue();
  }
}
