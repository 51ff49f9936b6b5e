package hostperf.server;

import hostperf.catalog.Prompt;
import hostperf.catalog.Prompts;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `prompts/*.md` as MCP prompts, and the server's instructions.
public final class McpPrompts {
  private final Prompts prompts;

  public McpPrompts(Prompts prompts) {
    this.prompts = prompts;
  }

  String instructions() {
    return prompts.instructions();
  }

  List<SyncPromptSpecification> specifications() {
    return prompts.all().stream().map(McpPrompts::specification).toList();
  }

  private static SyncPromptSpecification specification(Prompt prompt) {
    var arguments =
        prompt.arguments().stream()
            .map(
                a ->
                    McpSchema.PromptArgument.builder(a.name())
                        .description(a.description())
                        .required(a.required())
                        .build())
            .toList();
    return new SyncPromptSpecification(
        McpSchema.Prompt.builder(prompt.name())
            .title(prompt.title())
            .description(prompt.description())
            .arguments(arguments)
            .build(),
        (_, request) ->
            ProtocolRefusal.of(
                McpSchema.ErrorCodes.INVALID_PARAMS, () -> message(prompt, request.arguments())));
  }

  private static McpSchema.GetPromptResult message(Prompt prompt, Map<String, Object> given) {
    var values = new LinkedHashMap<String, String>();
    if (given != null) {
      given.forEach((name, value) -> values.put(name, String.valueOf(value)));
    }
    var text = McpSchema.TextContent.builder(prompt.filled(values)).build();
    var message = McpSchema.PromptMessage.builder(McpSchema.Role.USER, text).build();
    return McpSchema.GetPromptResult.builder(List.of(message))
        .description(prompt.description())
        .build();
  }
}
