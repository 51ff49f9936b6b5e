package hostperf.stacks;

/// The content is not what its format says; the message completes "the file cannot be read: …".
final class MalformedStacks extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedStacks(String message) {
    super(message);
  }
}
