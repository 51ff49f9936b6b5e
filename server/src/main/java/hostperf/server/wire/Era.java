package hostperf.server.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which revision of the protocol a message speaks: since 2026-07-28 each says so itself.
enum Era {
  /// To 2025-11-25: a session that `initialize` begins.
  LEGACY,
  /// From 2026-07-28 on.
  MODERN;

  private static final String VERSION = "io.modelcontextprotocol/protocolVersion";

  static Era of(@Nullable Object params) {
    return params instanceof Map<?, ?> map
            && map.get("_meta") instanceof Map<?, ?> meta
            && meta.containsKey(VERSION)
        ? MODERN
        : LEGACY;
  }
}
