package hostperf.metric;

import java.util.function.BooleanSupplier;

/// A text that stops whoever reads it for too long. A regular expression can take exponential time,
/// and the JDK's can neither be interrupted nor given a limit in any other way.
final class TimedText implements CharSequence {
  /// Looking at the clock costs more than a character.
  private static final int EVERY = 1 << 10;

  /// The time has run out, or the work was cancelled.
  static final class OutOfTime extends RuntimeException {
    OutOfTime() {
      super("out of time", null, false, false);
    }
  }

  private final CharSequence text;
  private final BooleanSupplier isOver;
  private int reads;

  TimedText(CharSequence text, BooleanSupplier isOver) {
    this.text = text;
    this.isOver = isOver;
  }

  @Override
  public char charAt(int index) {
    if (++reads % EVERY == 0 && (isOver.getAsBoolean() || Thread.currentThread().isInterrupted())) {
      throw new OutOfTime();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return text.subSequence(from, to);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
