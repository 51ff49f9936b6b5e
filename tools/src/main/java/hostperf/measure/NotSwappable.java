package hostperf.measure;

/// A launch showed that the versions cannot take turns; the reason is for the answer.
public final class NotSwappable extends RuntimeException {
  public NotSwappable(String reason) {
    super(reason);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
