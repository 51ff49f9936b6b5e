package hostperf.server.wire;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The calls of one client that are under way.
final class PendingCalls {
  /// No client has as many calls open; each costs memory.
  private static final int MOST = 4_096;

  private final Map<Long, PendingCall> open = new ConcurrentHashMap<>();
  private final AtomicLong begun = new AtomicLong();

  /// Empty where too many are open; the client is told.
  Optional<PendingCall> begin(Incoming.Request request, Client client, Outlet outlet) {
    if (open.size() >= MOST) {
      outlet.error(
          request.id(),
          JsonRpcError.request("%d calls are open; wait for some of them.".formatted(MOST)));
      return Optional.empty();
    }
    var call = new PendingCall(begun.incrementAndGet(), request, client, outlet);
    open.put(call.number(), call);
    return Optional.of(call);
  }

  void end(PendingCall call) {
    open.remove(call.number());
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  Optional<PendingCall> numbered(long number) {
    return Optional.ofNullable(open.get(number));
  }

  /// The one whose progress is marked so.
  Optional<PendingCall> marked(Object progressToken) {
    return open.values().stream()
        .filter(c -> c.progressToken().filter(progressToken::equals).isPresent())
        .findFirst();
  }

  /// The client no longer wants the answer to this request.
  void cancel(Object requestId) {
    open.values().stream()
        .filter(c -> c.request().id().equals(requestId))
        .forEach(c -> c.cancellation().cancel());
  }
}
