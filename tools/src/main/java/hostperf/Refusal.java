package hostperf;

import java.util.Objects;

/// What the caller can put right: an unknown run, a wrong stage, a file outside policy.
///
/// It carries why (naming the value that was wrong and what is allowed) and the next step to
/// take. It is not for "could not look", which is an answer, nor for bugs.
public final class Refusal extends RuntimeException {
  private final String next;

  public Refusal(String why, String next) {
    super(Objects.requireNonNull(why));
    this.next = Objects.requireNonNull(next);
  }

  public Refusal(String why, String next, Throwable cause) {
    super(Objects.requireNonNull(why), cause);
    this.next = Objects.requireNonNull(next);
  }

  public String why() {
    return Objects.requireNonNull(getMessage());
  }

  /// One sentence: the call or command that gets the caller on.
  public String next() {
    return next;
  }
}
