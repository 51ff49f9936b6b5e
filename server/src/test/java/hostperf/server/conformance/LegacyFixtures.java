package hostperf.server.conformance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// What the conformance suite calls on a server of 2025-11-25, as its descriptions want it.
@SuppressWarnings("deprecation") // the suite asks for what the protocol gives up
final class LegacyFixtures {
  /// A red pixel, and a silent sound.
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

  static final String WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAAAAA==";

  private static final Map<String, Object> NOTHING =
      Map.of("type", "object", "properties", Map.of());

  private LegacyFixtures() {}

  static List<SyncToolSpecification> tools() {
    return List.of(
        tool("test_simple_text", (_, _) -> text("This is a simple text response for testing.")),
        tool(
            "test_image_content",
            (_, _) ->
                content(List.of(Map.of("type", "image", "data", PNG, "mimeType", "image/png")))),
        tool(
            "test_audio_content",
            (_, _) ->
                content(List.of(Map.of("type", "audio", "data", WAV, "mimeType", "audio/wav")))),
        tool(
            "test_embedded_resource",
            (_, _) -> content(List.of(embedded("test://embedded-resource")))),
        tool(
            "test_multiple_content_types",
            (_, _) ->
                content(
                    List.of(
                        Map.of("type", "text", "text", "Multiple content types test:"),
                        Map.of("type", "image", "data", PNG, "mimeType", "image/png"),
                        embedded("test://mixed-content-resource")))),
        tool("test_tool_with_logging", LegacyFixtures::logged),
        tool("test_error_handling", (_, _) -> failed()),
        tool("test_tool_with_progress", LegacyFixtures::progressed),
        tool("test_sampling", LegacyFixtures::sampled),
        tool("test_elicitation", (e, r) -> elicited(e, fields("username", "email"))),
        tool("test_elicitation_sep1034_defaults", (e, _) -> elicited(e, defaults())),
        tool("test_elicitation_sep1330_enums", (e, _) -> elicited(e, enums())),
        SyncToolSpecification.builder()
            .tool(
                McpSchema.Tool.builder("json_schema_2020_12_tool", schema2020())
                    .description("A fixture.")
                    .build())
            .callHandler((_, _) -> text("taken"))
            .build());
  }

  static SyncToolSpecification tool(
      String name, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> answer) {
    return SyncToolSpecification.builder()
        .tool(McpSchema.Tool.builder(name, NOTHING).description("A fixture.").build())
        .callHandler(answer)
        .build();
  }

  static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).isError(false).build();
  }

  private static CallToolResult failed() {
    return CallToolResult.builder()
        .addTextContent("This tool intentionally returns an error for testing")
        .isError(true)
        .build();
  }

  private static Map<String, Object> embedded(String uri) {
    return Map.of(
        "type",
        "resource",
        "resource",
        Map.of("uri", uri, "mimeType", "text/plain", "text", "This is an embedded resource."));
  }

  private static CallToolResult content(List<Map<String, Object>> parts) {
    return Json.as(Map.of("content", parts, "isError", false), CallToolResult.class);
  }

  private static CallToolResult logged(McpSyncServerExchange exchange, CallToolRequest request) {
    for (var line : List.of("Tool execution started", "Tool processing data", "Tool ended")) {
      exchange.loggingNotification(
          Json.as(
              Map.of("level", "info", "logger", "test", "data", line),
              McpSchema.LoggingMessageNotification.class));
    }
    return text("logged");
  }

  private static CallToolResult progressed(
      McpSyncServerExchange exchange, CallToolRequest request) {
    for (int done : List.of(0, 50, 100)) {
      exchange.progressNotification(
          Json.as(
              Map.of(
                  "progressToken",
                  request.meta().get("progressToken"),
                  "progress",
                  done,
                  "total",
                  100),
              McpSchema.ProgressNotification.class));
    }
    return text("done");
  }

  private static CallToolResult sampled(McpSyncServerExchange exchange, CallToolRequest request) {
    var message = Map.of("role", "user", "content", Map.of("type", "text", "text", "Test prompt"));
    var said =
        exchange.createMessage(
            Json.as(
                Map.of("messages", List.of(message), "maxTokens", 100),
                McpSchema.CreateMessageRequest.class));
    return text("LLM response: " + said.content());
  }

  private static CallToolResult elicited(
      McpSyncServerExchange exchange, Map<String, Object> properties) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", List.of());
    var said =
        exchange.createElicitation(
            McpSchema.ElicitFormRequest.builder("Please answer", schema).build());
    return text(
        "Elicitation completed: action=%s, content=%s".formatted(said.action(), said.content()));
  }

  private static Map<String, Object> fields(String... names) {
    var fields = new LinkedHashMap<String, Object>();
    for (var name : names) {
      fields.put(name, Map.of("type", "string", "description", name));
    }
    return fields;
  }

  private static Map<String, Object> defaults() {
    return Map.of(
        "name", Map.of("type", "string", "default", "John Doe"),
        "age", Map.of("type", "integer", "default", 30),
        "score", Map.of("type", "number", "default", 95.5),
        "status",
            Map.of(
                "type",
                "string",
                "enum",
                List.of("active", "inactive", "pending"),
                "default",
                "active"),
        "verified", Map.of("type", "boolean", "default", true));
  }

  private static Map<String, Object> enums() {
    var options = List.of("option1", "option2", "option3");
    var titled =
        List.of(
            Map.of("const", "value1", "title", "First Option"),
            Map.of("const", "value2", "title", "Second Option"),
            Map.of("const", "value3", "title", "Third Option"));
    return Map.of(
        "untitledSingle", Map.of("type", "string", "enum", options),
        "titledSingle", Map.of("type", "string", "oneOf", titled),
        "legacyEnum",
            Map.of(
                "type",
                "string",
                "enum",
                List.of("opt1", "opt2", "opt3"),
                "enumNames",
                List.of("Option One", "Option Two", "Option Three")),
        "untitledMulti",
            Map.of("type", "array", "items", Map.of("type", "string", "enum", options)),
        "titledMulti", Map.of("type", "array", "items", Map.of("anyOf", titled)));
  }

  static Map<String, Object> schema2020() {
    return Json.map(
        """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
         "$defs": {"address": {"$anchor": "addressDef", "type": "object",
           "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
         "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"},
           "contactMethod": {"type": "string", "enum": ["phone", "email"]},
           "phone": {"type": "string"}, "email": {"type": "string"}},
         "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
         "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
         "then": {"required": ["phone"]}, "else": {"required": ["email"]},
         "additionalProperties": false}
        """);
  }

  static List<SyncResourceSpecification> resources() {
    return List.of(
        resource(
            "test://static-text",
            "text/plain",
            Map.of("text", "This is the content of the static text resource.")),
        resource("test://static-binary", "image/png", Map.of("blob", PNG)),
        resource("test://watched-resource", "text/plain", Map.of("text", "watched")));
  }

  private static SyncResourceSpecification resource(
      String uri, String type, Map<String, Object> content) {
    return new SyncResourceSpecification(
        McpSchema.Resource.builder(uri, uri.substring(7)).mimeType(type).build(),
        (_, _) -> read(uri, type, content));
  }

  static McpSchema.ReadResourceResult read(String uri, String type, Map<String, Object> content) {
    var contents = new LinkedHashMap<>(content);
    contents.put("uri", uri);
    contents.put("mimeType", type);
    return Json.as(Map.of("contents", List.of(contents)), McpSchema.ReadResourceResult.class);
  }

  static McpSchema.ReadResourceResult filled(String uri) {
    var id = uri.replaceAll("test://template/(.*)/data", "$1");
    var text =
        "{\"id\": \"%s\", \"templateTest\": true, \"data\": \"Data for ID: %s\"}".formatted(id, id);
    return read(uri, "application/json", Map.of("text", text));
  }

  static List<SyncResourceTemplateSpecification> templates() {
    return List.of(
        new SyncResourceTemplateSpecification(
            McpSchema.ResourceTemplate.builder("test://template/{id}/data", "template")
                .mimeType("application/json")
                .build(),
            (_, request) -> filled(request.uri())));
  }

  static List<SyncPromptSpecification> prompts() {
    return List.of(
            "test_simple_prompt",
            "test_prompt_with_arguments",
            "test_prompt_with_embedded_resource",
            "test_prompt_with_image")
        .stream()
        .map(
            name ->
                new SyncPromptSpecification(
                    McpSchema.Prompt.builder(name)
                        .description("A fixture.")
                        .arguments(arguments(name))
                        .build(),
                    (_, request) -> prompt(name, request.arguments())))
        .toList();
  }

  private static List<McpSchema.PromptArgument> arguments(String prompt) {
    var names =
        switch (prompt) {
          case "test_prompt_with_arguments" -> List.of("arg1", "arg2");
          case "test_prompt_with_embedded_resource" -> List.of("resourceUri");
          default -> List.<String>of();
        };
    return names.stream()
        .map(n -> McpSchema.PromptArgument.builder(n).description(n).required(true).build())
        .toList();
  }

  static McpSchema.GetPromptResult prompt(String name, Map<String, ?> arguments) {
    var content =
        switch (name) {
          case "test_prompt_with_arguments" ->
              Map.<String, Object>of(
                  "type",
                  "text",
                  "text",
                  "Prompt with arguments: arg1='%s', arg2='%s'"
                      .formatted(arguments.get("arg1"), arguments.get("arg2")));
          case "test_prompt_with_embedded_resource" ->
              embedded(String.valueOf(arguments.get("resourceUri")));
          case "test_prompt_with_image" ->
              Map.<String, Object>of("type", "image", "data", PNG, "mimeType", "image/png");
          default -> Map.<String, Object>of("type", "text", "text", "This is a simple prompt.");
        };
    return Json.as(
        Map.of("messages", List.of(Map.of("role", "user", "content", content))),
        McpSchema.GetPromptResult.class);
  }

  static List<SyncCompletionSpecification> completions() {
    return List.of(
        new SyncCompletionSpecification(
            new McpSchema.PromptReference("test_prompt_with_arguments"),
            (_, _) ->
                new McpSchema.CompleteResult(
                    new McpSchema.CompleteResult.CompleteCompletion(List.of("paris"), 1, false))));
  }
}
