package hostperf.server.http;

import hostperf.server.wire.Client;
import hostperf.server.wire.LegacySession;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The sessions of the revisions up to 2025-11-25, by the id that each client sends along. One that
/// has ended or was given up is not known any more, and its client begins anew; work goes on
/// without them.
final class HttpSessions {
  private static final Duration KEPT = Duration.ofHours(8);
  private static final int MOST = 1_000;
  private static final int ID_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, Kept> sessions = new ConcurrentHashMap<>();

  private record Kept(LegacySession session, Client client, long used) {}

  /// @return its id
  String keep(LegacySession session, Client client) {
    dropOld();
    var bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    var id = HexFormat.of().formatHex(bytes);
    sessions.put(id, new Kept(session, client, now()));
    return id;
  }

  /// One that another client began is as good as none.
  Optional<LegacySession> of(String id, Client client) {
    return Optional.ofNullable(
            sessions.computeIfPresent(
                id,
                (_, kept) ->
                    kept.client().equals(client) ? new Kept(kept.session(), client, now()) : kept))
        .filter(k -> k.client().equals(client))
        .map(Kept::session);
  }

  boolean end(String id, Client client) {
    return of(id, client).isPresent() && sessions.remove(id) != null;
  }

  private void dropOld() {
    long oldest = now() - KEPT.toMillis();
    sessions.values().removeIf(k -> k.used() < oldest && !k.session().hasCalls());
    while (sessions.size() >= MOST) {
      sessions.entrySet().stream()
          .min((a, b) -> Long.compare(a.getValue().used(), b.getValue().used()))
          .ifPresent(e -> sessions.remove(e.getKey()));
    }
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
