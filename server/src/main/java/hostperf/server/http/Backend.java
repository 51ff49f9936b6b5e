package hostperf.server.http;

import hostperf.server.wire.LegacySessions;
import hostperf.server.wire.ModernCalls;

/// What answers messages, by both revisions of the protocol.
public interface Backend {
  LegacySessions legacy();

  ModernCalls modern();
}
