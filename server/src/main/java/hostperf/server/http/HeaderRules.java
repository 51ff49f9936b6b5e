package hostperf.server.http;

import hostperf.server.wire.Incoming;
import io.modelcontextprotocol.modern.server.transport.McpHeaderDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// Revision 2026-07-28 repeats in headers what a message says, so that what stands in between need
/// not read the message; both must agree.
final class HeaderRules {
  static final String VERSION = "MCP-Protocol-Version";
  static final String MODERN = "2026-07-28";
  private static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";

  /// Whose name or address is repeated, and where it stands.
  private static final Map<String, String> NAMED =
      Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

  private HeaderRules() {}

  /// Why the headers do not fit the message; empty where they do.
  static Optional<String> objection(HttpFields headers, Incoming.Request request) {
    return one(headers, "Mcp-Method", request.method(), false)
        .or(() -> one(headers, VERSION, version(request.params()), false))
        .or(
            () ->
                Optional.ofNullable(NAMED.get(request.method()))
                    .flatMap(
                        field -> one(headers, "Mcp-Name", text(request.params(), field), true)));
  }

  private static Optional<String> one(
      HttpFields headers, String name, @Nullable String wanted, boolean isEncoded) {
    List<String> given = headers.getValuesList(name);
    if (given.isEmpty()) {
      return Optional.of("The header %s is missing.".formatted(name));
    }
    if (given.size() > 1) {
      return Optional.of("The header %s occurs more than once.".formatted(name));
    }
    var value = isEncoded ? decoded(given.getFirst()) : Optional.of(given.getFirst().strip());
    return wanted == null || value.filter(wanted::equals).isPresent()
        ? Optional.empty()
        : Optional.of("The header %s and the message do not agree.".formatted(name));
  }

  private static Optional<String> decoded(String value) {
    try {
      return Optional.ofNullable(McpHeaderDecoder.decodeValue(value.strip()));
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  private static @Nullable String version(@Nullable Object params) {
    return params instanceof Map<?, ?> map && map.get("_meta") instanceof Map<?, ?> meta
        ? text(meta, META_VERSION)
        : null;
  }

  private static @Nullable String text(@Nullable Object object, String field) {
    return object instanceof Map<?, ?> map && map.get(field) instanceof String text ? text : null;
  }
}
