package hostperf.server.wire;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client says of itself in `initialize`, whose form `Params` has looked at. The SDK would
/// read the same with the JSON library's reflection, which takes longer than a start.
record Introduction(Map<?, ?> params) {
  static Introduction of(Incoming.Request initialize) {
    return new Introduction(object(initialize.params()));
  }

  /// That the client wants to speak.
  String revision() {
    return text(params, "protocolVersion");
  }

  McpSchema.Implementation client() {
    var info = object(params.get("clientInfo"));
    return McpSchema.Implementation.builder(text(info, "name"), text(info, "version")).build();
  }

  /// What it can be asked for.
  @SuppressWarnings("deprecation") // sampling, which the protocol gives up
  McpSchema.ClientCapabilities capabilities() {
    var said = object(params.get("capabilities"));
    var capabilities = McpSchema.ClientCapabilities.builder();
    if (said.get("elicitation") instanceof Map<?, ?> kinds) {
      capabilities.elicitation(kinds.get("form") != null, kinds.get("url") != null);
    }
    if (said.get("sampling") != null) {
      capabilities.sampling();
    }
    return capabilities.build();
  }

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> object ? object : Map.of();
  }

  private static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }
}
