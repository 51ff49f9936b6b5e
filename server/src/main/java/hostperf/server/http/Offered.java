package hostperf.server.http;

import hostperf.server.LegacyServer;
import hostperf.server.ModernServer;
import hostperf.server.Offer;
import hostperf.server.wire.LegacySessions;
import hostperf.server.wire.ModernCalls;
import org.jspecify.annotations.Nullable;

/// An offer, put on each stack when the first client needs it.
public final class Offered implements Backend {
  private final Offer offer;
  private @Nullable LegacyServer legacy;
  private @Nullable ModernCalls modern;

  public Offered(Offer offer) {
    this.offer = offer;
  }

  @Override
  public synchronized LegacySessions legacy() {
    var made = legacy == null ? new LegacyServer(offer) : legacy;
    legacy = made;
    return made.sessions();
  }

  @Override
  public synchronized ModernCalls modern() {
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
