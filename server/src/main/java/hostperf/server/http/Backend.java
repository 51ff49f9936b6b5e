package hostperf.server.http;

import hostperf.server.wire.LegacySessions;
import hostperf.server.wire.ModernCalls;

/// What answers messages, by both revisions of the protocol.
public interface Backend extends AutoCloseable {
  LegacySessions legacy();

  ModernCalls modern();

  @Override
  void close();
}
