package hostperf.metric;

import hostperf.host.Stopwatch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Searches texts with a pattern that somebody wrote into a configuration, within bounds: of time
/// in proportion to the text, and of stack. The first text that goes beyond them ends the search
/// for good, with the reason.
final class PatternSearch {
  /// On top of what follows.
  private static final Duration ALWAYS = Duration.ofSeconds(2);

  /// Nanoseconds for each character.
  private static final long PER_CHARACTER = 500;

  /// The JDK's matcher takes a frame a character for alternatives within a repetition.
  private static final long STACK = 256L << 20;

  private final Pattern pattern;
  private long characters;
  private Duration spent = Duration.ZERO;
  private Optional<String> stopped = Optional.empty();

  PatternSearch(Pattern pattern) {
    this.pattern = pattern;
  }

  /// Why nothing more is searched.
  Optional<String> stopped() {
    return stopped;
  }

  /// Where the first group of the last match lies in the text.
  ///
  /// @param matches how many there were in this text
  record Hit(int from, int to, int matches) {}

  /// The last match that has a first group.
  Optional<Hit> last(String text) {
    if (stopped.isPresent()) {
      return Optional.empty();
    }
    characters += text.length();
    var left = ALWAYS.plusNanos(PER_CHARACTER * characters).minus(spent);
    var watch = Stopwatch.started();
    try {
      return bounded(new TimedText(text, () -> watch.elapsed().compareTo(left) > 0));
    } catch (TimedText.OutOfTime _) {
      return stop("takes too long", text);
    } catch (StackOverflowError _) {
      return stop("needs too much stack", text);
    } finally {
      spent = spent.plus(watch.elapsed());
    }
  }

  private Optional<Hit> bounded(TimedText text) {
    try {
      return find(text);
    } catch (StackOverflowError _) {
      return onOurStack(text);
    }
  }

  private Optional<Hit> find(TimedText text) {
    Optional<Hit> last = Optional.empty();
    int matches = 0;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (matcher.start(1) >= 0) {
        last = Optional.of(new Hit(matcher.start(1), matcher.end(1), ++matches));
      }
    }
    return last;
  }

  private Optional<Hit> onOurStack(TimedText text) {
    var search = new FutureTask<>(() -> find(text));
    var thread = Thread.ofPlatform().daemon().name("pattern").stackSize(STACK).start(search);
    try {
      return search.get();
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new TimedText.OutOfTime();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StackOverflowError overflow -> throw overflow;
        case TimedText.OutOfTime late -> throw late;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private Optional<Hit> stop(String what, String text) {
    stopped =
        Optional.of(
            "the pattern %s %s on %,d characters of output; write it without a repetition in a"
                    .formatted(pattern.pattern(), what, text.length())
                + " repetition");
    return Optional.empty();
  }
}
