package hostperf.server.model;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import java.time.Duration;
import java.util.Optional;

/// Asks again, a few times and ever later, where an endpoint is busy, slow or broken; gives up at
/// once where asking again cannot help.
///
/// @param first pause before the second try; each next one is twice as long
/// @param most tries in all
/// @param words makes a failure's text fit to be shown: no key in it
record Retries(Duration first, int most, Words words) {
  /// Pauses of 1, 2 and 4 s outlast the usual limits per second; what lasts longer is for the
  /// person to mend.
  static final Duration FIRST = Duration.ofSeconds(1);

  static final int MOST = 4;

  /// Text without secrets.
  interface Words {
    String clean(String text);
  }

  /// A call that may fail in any way.
  interface Call<T> {
    T once() throws Throwable;
  }

  /// What came of it.
  sealed interface Result<T> {}

  record Got<T>(T value) implements Result<T> {}

  record GaveUp<T>(String why) implements Result<T> {}

  <T> Result<T> call(Call<T> call) {
    var pause = first;
    for (int tries = 1; ; tries++) {
      try {
        return new Got<>(call.once());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return new GaveUp<>("it was interrupted");
      } catch (Error e) {
        throw e;
      } catch (Throwable e) {
        if (!isPassing(e) || tries >= most || !slept(pause)) {
          return new GaveUp<>(why(e, tries));
        }
        pause = pause.multipliedBy(2);
      }
    }
  }

  /// Rate limits, time-outs, overload, a lost connection.
  private static boolean isPassing(Throwable e) {
    if (e instanceof RateLimitException || e instanceof TimeoutException) {
      return true;
    }
    return !(e instanceof NonRetriableException)
        && (e instanceof LangChain4jException || e instanceof java.io.IOException);
  }

  private String why(Throwable e, int tries) {
    var what =
        switch (e) {
          case RateLimitException _ -> "the endpoint's rate limit";
          case TimeoutException _ -> "a time-out";
          case AuthenticationException _ -> "the endpoint does not accept the key";
          case ModelNotFoundException _ -> "the endpoint does not know the model";
          case ContentFilteredException _ -> "the endpoint's content filter";
          default -> "the endpoint failed";
        };
    var status =
        Optional.ofNullable(e.getCause())
            .filter(c -> c instanceof HttpException)
            .map(c -> ", HTTP status " + ((HttpException) c).statusCode())
            .orElse("");
    var said = Optional.ofNullable(e.getMessage()).map(m -> ": " + m).orElse("");
    // Cleaned before it is cut: the rest of a key is still one to guess.
    return "%s%s, after %d %s%s"
        .formatted(what, status, tries, tries == 1 ? "try" : "tries", shortened(words.clean(said)));
  }

  private static String shortened(String text) {
    var line = text.replaceAll("\\s+", " ");
    return line.length() <= 300 ? line : line.substring(0, 299) + "…";
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
