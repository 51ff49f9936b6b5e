package hostperf.server.wire;

import io.modelcontextprotocol.common.McpTransportContext;
import java.util.Map;
import java.util.Optional;

/// A request under way. The SDK knows it by a number of ours: clients use their ids again.
public final class PendingCall {
  /// Where the context of a message holds it.
  private static final String KEY = "hostperf.call";

  private final long number;
  private final Incoming.Request request;
  private final Client client;
  private final Outlet outlet;
  private final Cancellation cancellation = new Cancellation();
  private volatile boolean answered;

  /// @param outlet where its answer goes, and what belongs to it
  PendingCall(long number, Incoming.Request request, Client client, Outlet outlet) {
    this.number = number;
    this.request = request;
    this.client = client;
    this.outlet = outlet;
  }

  long number() {
    return number;
  }

  Incoming.Request request() {
    return request;
  }

  /// Who calls.
  public Client client() {
    return client;
  }

  Outlet outlet() {
    return outlet;
  }

  /// Whether its client has gone.
  public boolean isUnheard() {
    return outlet.isBroken();
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  /// What the client wants progress to be marked with.
  Optional<Object> progressToken() {
    return request.params() instanceof Map<?, ?> params
            && params.get("_meta") instanceof Map<?, ?> meta
        ? Optional.ofNullable(meta.get("progressToken"))
        : Optional.empty();
  }

  McpTransportContext context() {
    return McpTransportContext.create(Map.of(KEY, this));
  }

  /// The call that a message belongs to.
  public static Optional<PendingCall> of(McpTransportContext context) {
    return context.get(KEY) instanceof PendingCall call ? Optional.of(call) : Optional.empty();
  }

  void answered() {
    answered = true;
  }

  boolean isOpen() {
    return !answered && !cancellation.isCancelled();
  }
}
