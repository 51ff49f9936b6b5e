package hostperf.server.conformance;

import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.McpSchema.CallToolOutcome;
import io.modelcontextprotocol.modern.McpSchema.CallToolRequest;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the fixtures of 2026-07-28 ask their client for before they end, and how they end then.
@SuppressWarnings("deprecation") // the suite asks for what the protocol gives up
final class ModernInputs {
  private ModernInputs() {}

  private static boolean answers(CallToolRequest request, String key) {
    return request.inputResponses() != null && request.inputResponses().get(key) != null;
  }

  static McpSchema.InputRequiredResult.Builder add(
      McpSchema.InputRequiredResult.Builder result, String key, String how) {
    return switch (how) {
      case "sample" ->
          result.createMessage(
              key,
              Json.as(
                  Map.of(
                      "messages",
                      List.of(
                          Map.of(
                              "role",
                              "user",
                              "content",
                              Map.of("type", "text", "text", "What is the capital of France?"))),
                      "maxTokens",
                      100),
                  McpSchema.CreateMessageRequest.class));
      case "roots" -> result.listRoots(key);
      default ->
          result.elicit(
              key,
              McpSchema.ElicitFormRequest.builder(
                      "What is your name?",
                      Map.of(
                          "type", "object",
                          "properties", Map.of("name", Map.of("type", "string")),
                          "required", List.of("name")))
                  .build());
    };
  }

  static CallToolOutcome asked(CallToolRequest request, String key, String how) {
    return answers(request, key)
        ? ModernFixtures.text("Hello, " + request.inputResponses().get(key))
        : add(McpSchema.InputRequiredResult.builder(), key, how).build();
  }

  static CallToolOutcome stated(CallToolRequest request, String key) {
    return answers(request, key) && "begun".equals(request.requestState())
        ? ModernFixtures.text("state-ok")
        : add(McpSchema.InputRequiredResult.builder(), key, "elicit").requestState("begun").build();
  }

  static CallToolOutcome several(CallToolRequest request) {
    if (answers(request, "user_name")) {
      return ModernFixtures.text("All inputs received");
    }
    var result = add(McpSchema.InputRequiredResult.builder(), "user_name", "elicit");
    add(add(result, "greeting", "sample"), "client_roots", "roots");
    return result.requestState("begun").build();
  }

  static CallToolOutcome rounds(CallToolRequest request) {
    var state = Optional.ofNullable(request.requestState()).orElse("");
    if (answers(request, "step2") && state.equals("second")) {
      return ModernFixtures.text("Both rounds are done");
    }
    return answers(request, "step1") && state.equals("first")
        ? add(McpSchema.InputRequiredResult.builder(), "step2", "elicit")
            .requestState("second")
            .build()
        : add(McpSchema.InputRequiredResult.builder(), "step1", "elicit")
            .requestState("first")
            .build();
  }

  static CallToolOutcome byCapability(McpRequestContext context, CallToolRequest request) {
    var result = McpSchema.InputRequiredResult.builder();
    boolean any = false;
    if (context.clientCapabilities().supportsElicitationForm()) {
      add(result, "user_name", "elicit");
      any = true;
    }
    if (context.clientCapabilities().supportsSampling()) {
      add(result, "greeting", "sample");
      any = true;
    }
    return any && request.inputResponses() == null ? result.build() : ModernFixtures.text("done");
  }
}
