package hostperf.server;

import hostperf.server.wire.Defects;
import hostperf.server.wire.Params;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Set;
import java.util.stream.Collectors;

/// All that a server shows its clients, whichever revision of the protocol they speak.
///
/// @param version of hostperf
public record Offer(
    McpTools tools,
    McpResources resources,
    McpPrompts prompts,
    Skills skills,
    Completions completions,
    Defects defects,
    String version) {

  /// What the methods of the protocol need.
  Params params() {
    return new Params(
        Set.copyOf(tools.names()),
        () ->
            prompts.definitions().stream().map(McpSchema.Prompt::name).collect(Collectors.toSet()));
  }
}
