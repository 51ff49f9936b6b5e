package hostperf.server;

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
  private @Nullable List<McpSchema.Prompt> definitions;

  public McpPrompts(Prompts prompts) {
    this.prompts = prompts;
  }

  String instructions() {
    return prompts.instructions();
  }

  /// Read once: a start needs them more than once.
  synchronized List<McpSchema.Prompt> definitions() {
    var made =
        definitions == null
            ? prompts.all().stream().map(McpPrompts::definition).toList()
            : definitions;
    definitions = made;
    return made;
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
