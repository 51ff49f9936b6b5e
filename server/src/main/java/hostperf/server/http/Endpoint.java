package hostperf.server.http;

import hostperf.server.LegacyServer;
import hostperf.server.ModernServer;
import hostperf.server.Offer;
import hostperf.server.wire.ModernCalls;
import org.jspecify.annotations.Nullable;

/// What is offered of one checkout to one role, by both revisions of the protocol.
final class Endpoint implements AutoCloseable {
  private final Offer offer;
  private final HttpSessions sessions = new HttpSessions();
  private @Nullable LegacyServer legacy;
  private @Nullable ModernCalls modern;

  Endpoint(Offer offer) {
    this.offer = offer;
  }

  HttpSessions sessions() {
    return sessions;
  }

  synchronized LegacyServer legacy() {
    var made = legacy == null ? new LegacyServer(offer) : legacy;
    legacy = made;
    return made;
  }

  synchronized ModernCalls modern() {
    var made = modern == null ? ModernServer.calls(offer) : modern;
    modern = made;
    return made;
  }

  @Override
  public synchronized void close() {
    if (legacy != null) {
      legacy.close();
    }
  }
}
