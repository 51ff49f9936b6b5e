package hostperf.server.stdio;

/// A request under way. The SDK knows it by a number of ours: clients use their ids again.
final class Call {
  private final long number;
  private final Incoming.Request request;
  private final Cancellation cancellation = new Cancellation();
  private volatile boolean answered;
  private volatile boolean failed;

  Call(long number, Incoming.Request request) {
    this.number = number;
    this.request = request;
  }

  long number() {
    return number;
  }

  Incoming.Request request() {
    return request;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /// @param withError whether the answer is an error
  void answered(boolean withError) {
    answered = true;
    failed = withError;
  }

  boolean isOpen() {
    return !answered && !cancellation.isCancelled();
  }

  boolean hasResult() {
    return answered && !failed;
  }
}
