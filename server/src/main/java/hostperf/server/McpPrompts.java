package hostperf.server;

import hostperf.Once;
import hostperf.catalog.Prompt;
import hostperf.catalog.Prompts;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `prompts/*.md` as MCP prompts, and the server's instructions.
public final class McpPrompts {
  private final Prompts prompts;
  private final Once<List<McpSchema.Prompt>> definitions;

  public McpPrompts(Prompts prompts) {
    this.prompts = prompts;
    this.definitions =
        new Once<>(() -> prompts.all().stream().map(McpPrompts::definition).toList());
  }

  String instructions() {
    return prompts.instructions();
  }

  List<McpSchema.Prompt> definitions() {
    return definitions.get();
  }

  private static McpSchema.Prompt definition(Prompt prompt) {
    var arguments =
        prompt.arguments().stream()
            .map(
                a ->
                    McpSchema.PromptArgument.builder(a.name())
                        .description(a.description())
                        .required(a.required())
                        .build())
            .toList();
    return McpSchema.Prompt.builder(prompt.name())
        .title(prompt.title())
        .description(prompt.description())
        .arguments(arguments)
        .build();
  }

  /// Refuses arguments that are missing or not known.
  McpSchema.GetPromptResult get(String name, @Nullable Map<String, ?> given) {
    var prompt = prompts.of(name);
    var values = new LinkedHashMap<String, String>();
    if (given != null) {
      given.forEach((key, value) -> values.put(key, String.valueOf(value)));
    }
    var text = McpSchema.TextContent.builder(prompt.filled(values)).build();
    var message = McpSchema.PromptMessage.builder(McpSchema.Role.USER, text).build();
    return McpSchema.GetPromptResult.builder(List.of(message))
        .description(prompt.description())
        .build();
  }
}
