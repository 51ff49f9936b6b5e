package hostperf.server.http;

import hostperf.Once;
import hostperf.server.LegacyServer;
import hostperf.server.ModernServer;
import hostperf.server.Offer;
import hostperf.server.wire.LegacySessions;
import hostperf.server.wire.ModernCalls;

/// An offer, put on each stack when the first client needs it.
public final class Offered implements Backend {
  private final Once<LegacySessions> legacy;
  private final Once<ModernCalls> modern;

  public Offered(Offer offer) {
    this.legacy = new Once<>(() -> LegacyServer.sessions(offer));
    this.modern = new Once<>(() -> ModernServer.calls(offer));
  }

  @Override
  public LegacySessions legacy() {
    return legacy.get();
  }

  @Override
  public ModernCalls modern() {
    return modern.get();
  }
}
