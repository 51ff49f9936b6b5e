package hostperf.profile;

import hostperf.Refusal;
import hostperf.host.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One py-spy at one process, and how it ended.
///
/// @param holding whether it looks at holders of the interpreter lock only
/// @param turn counts those that were at the same process before, from 1
/// @param rate samples a second
/// @param output where its profile comes
record Attached(long pid, boolean holding, int turn, int rate, Path output, Future<Finished> end) {
  /// After the workload's end py-spy writes what it has.
  static final Duration WRITING = Duration.ofSeconds(30);

  /// It says so each time that it is late by more than a second.
  private static final Pattern BEHIND = Pattern.compile("([\\d.]+)s behind in sampling");

  /// What was not looked at counts as a lock that was not held: more than this of the time is too
  /// much.
  private static final double LITTLE = 0.1;

  private static final Pattern ERRORS = Pattern.compile("Samples: (\\d+) Errors: (\\d+)");

  /// A shell's and Java's exit code of what a signal ended, less the signal.
  private static final int SIGNAL = 128;

  /// Empty where it does not end in time.
  Optional<Finished> finished() {
    return result(end, WRITING);
  }

  /// Empty where it does not come in time, or was given up before.
  static <T> Optional<T> result(Future<T> future, Duration wait) {
    try {
      return Optional.ofNullable(future.get(wait.toMillis(), TimeUnit.MILLISECONDS));
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

  /// Whether it ended because its time was over.
  boolean isInTime(Duration limit) {
    return turn == 1 && finished().filter(f -> f.duration().compareTo(limit) >= 0).isPresent();
  }

  boolean isGivenUp() {
    return end.isDone() && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /// Where no sample fell, its raw profile is empty.
  boolean hasSamples() {
    try {
      return Files.isRegularFile(output) && Files.size(output) > 0;
    } catch (IOException _) {
      return false;
    }
  }

  boolean isBehind() {
    return finished().filter(f -> BEHIND.matcher(f.output()).find()).isPresent();
  }

  boolean isFarBehind() {
    return finished().filter(Attached::isFarBehind).isPresent();
  }

  static boolean isFarBehind(Finished finished) {
    double most =
        BEHIND
            .matcher(finished.output())
            .results()
            .mapToDouble(lag -> Double.parseDouble(lag.group(1)))
            .max()
            .orElse(0);
    return most > LITTLE * finished.duration().toMillis() / 1e3;
  }

  /// Whether a signal ended it, and with it what it had.
  boolean hasCrashed() {
    return finished().filter(Attached::isCrash).isPresent();
  }

  private static boolean isCrash(Finished finished) {
    return finished.end() == Finished.End.EXITED && finished.exitCode() > SIGNAL;
  }

  /// How many samples it could not take, where they are many.
  Optional<String> lost() {
    Matcher errors = ERRORS.matcher(finished().map(Finished::output).orElse(""));
    if (!errors.find()) {
      return Optional.empty();
    }
    long samples = Long.parseLong(errors.group(1));
    long lost = Long.parseLong(errors.group(2));
    return lost * 20 > samples
        ? Optional.of("py-spy could not read %,d of %,d samples.".formatted(lost, samples + lost))
        : Optional.empty();
  }

  /// Why it left nothing.
  String reason() {
    return finished().map(Attached::reason).orElse("it did not end in time");
  }

  /// The line with its error, behind which it may print where in itself that was; else the last.
  static String reason(Finished finished) {
    if (isCrash(finished)) {
      return "it crashed (signal %d)".formatted(finished.exitCode() - SIGNAL);
    }
    var lines = finished.output().lines().filter(line -> !line.isBlank()).toList();
    return lines.stream()
        .filter(line -> line.startsWith("Error:"))
        .findFirst()
        .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
  }
}
