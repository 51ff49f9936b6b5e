package hostperf.server.conformance;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.McpSchema.CacheScope;
import io.modelcontextprotocol.modern.McpSchema.CallToolOutcome;
import io.modelcontextprotocol.modern.McpSchema.CallToolRequest;
import io.modelcontextprotocol.modern.server.HmacRequestStateCodec;
import io.modelcontextprotocol.modern.server.McpFeature;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpServer;
import io.modelcontextprotocol.modern.server.McpSyncNotifier;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncPrompt;
import io.modelcontextprotocol.modern.server.feature.McpSyncPromptRepository;
import io.modelcontextprotocol.modern.server.feature.McpSyncResource;
import io.modelcontextprotocol.modern.server.feature.McpSyncResourceRepository;
import io.modelcontextprotocol.modern.server.feature.McpSyncTool;
import io.modelcontextprotocol.modern.server.feature.McpSyncToolRepository;
import io.modelcontextprotocol.modern.server.feature.PromptsFeature;
import io.modelcontextprotocol.modern.server.feature.PromptsPage;
import io.modelcontextprotocol.modern.server.feature.ResourceTemplatesPage;
import io.modelcontextprotocol.modern.server.feature.ResourcesFeature;
import io.modelcontextprotocol.modern.server.feature.ResourcesPage;
import io.modelcontextprotocol.modern.server.feature.ToolsFeature;
import io.modelcontextprotocol.modern.server.feature.ToolsPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the conformance suite calls on a server of 2026-07-28: the plain ones are those of
/// 2025-11-25, the others end with `input_required`.
@SuppressWarnings("deprecation") // the suite asks for what the protocol gives up
final class ModernFixtures {
  private static final McpJsonMapper MAPPER = McpJsonDefaults.getMapper();
  private static final Map<String, Object> NOTHING =
      Map.of("type", "object", "properties", Map.of());

  private final Map<String, McpSyncTool> tools = new LinkedHashMap<>();

  /// What one call of a fixture does.
  private interface Call {
    CallToolOutcome of(McpRequestContext context, CallToolRequest request);
  }

  static McpServer server() {
    var fixtures = new ModernFixtures();
    return McpServer.builder()
        .jsonMapper(MAPPER)
        .serverInfo(McpSchema.Implementation.builder("conformance", "1").build())
        .discoverCache(1_000, CacheScope.PUBLIC)
        .requestStateCodec(
            HmacRequestStateCodec.builder().key(new byte[32]).jsonMapper(MAPPER).build())
        .features(List.<McpFeature>of(fixtures.tools(), resources(), prompts()))
        .build();
  }

  private ModernFixtures() {
    for (var plain :
        List.of(
            "test_simple_text",
            "test_image_content",
            "test_audio_content",
            "test_embedded_resource",
            "test_multiple_content_types",
            "test_error_handling")) {
      tool(plain, (_, _) -> plain(plain));
    }
    streaming("test_tool_with_progress");
    streaming("test_logging_tool");
    tool("test_streaming_elicitation", (c, r) -> ModernInputs.asked(r, "name", "elicit"));
    tool("json_schema_2020_12_tool", LegacyFixtures.schema2020(), (_, _) -> text("taken"));
    tool(
        "test_missing_capability",
        (c, _) -> {
          if (!c.clientCapabilities().supportsSampling()) {
            throw McpException.missingClientCapability(
                McpSchema.ClientCapabilities.builder().sampling().build());
          }
          return text("sampled");
        });
    tool(
        "test_input_required_result_elicitation",
        (_, r) -> ModernInputs.asked(r, "user_name", "elicit"));
    tool(
        "test_input_required_result_sampling",
        (_, r) -> ModernInputs.asked(r, "capital_question", "sample"));
    tool(
        "test_input_required_result_list_roots",
        (_, r) -> ModernInputs.asked(r, "client_roots", "roots"));
    tool("test_input_required_result_request_state", (_, r) -> ModernInputs.stated(r, "confirm"));
    tool("test_input_required_result_tampered_state", (_, r) -> ModernInputs.stated(r, "confirm"));
    tool("test_input_required_result_multiple_inputs", (_, r) -> ModernInputs.several(r));
    tool("test_input_required_result_multi_round", (_, r) -> ModernInputs.rounds(r));
    tool("test_input_required_result_capabilities", ModernInputs::byCapability);
  }

  private void tool(String name, Call call) {
    tool(name, NOTHING, call);
  }

  private void tool(String name, Map<String, Object> schema, Call call) {
    var definition = McpSchema.Tool.builder(name, schema).description("A fixture.").build();
    tools.put(name, McpSyncTool.of(definition, (c, r) -> McpSyncResponse.result(call.of(c, r))));
  }

  private void streaming(String name) {
    var definition = McpSchema.Tool.builder(name, NOTHING).description("A fixture.").build();
    tools.put(
        name,
        McpSyncTool.of(
            definition,
            (_, _) ->
                McpSyncResponse.<CallToolOutcome>streaming(
                    notifier -> {
                      tell(name, notifier);
                      return text("done");
                    })));
  }

  private static void tell(String name, McpSyncNotifier notifier) {
    if (name.equals("test_tool_with_progress")) {
      for (int done : List.of(0, 50, 100)) {
        notifier.progress(done, 100.0, "step");
      }
    }
  }

  private static CallToolOutcome plain(String name) {
    var answered =
        LegacyFixtures.tools().stream()
            .filter(t -> t.tool().name().equals(name))
            .findFirst()
            .orElseThrow()
            .callHandler()
            .apply(null, null);
    return MAPPER.convertValue(answered, McpSchema.CallToolResult.class);
  }

  static CallToolOutcome text(String text) {
    return McpSchema.CallToolResult.builder()
        .content(List.of(McpSchema.TextContent.builder(text).build()))
        .build();
  }

  private McpFeature tools() {
    var page = ToolsPage.of(tools.values().stream().map(McpSyncTool::definition).toList());
    return ToolsFeature.ofSync(
        new McpSyncToolRepository() {
          @Override
          public ToolsPage list(McpRequestContext context, @Nullable String cursor) {
            return page;
          }

          @Override
          public @Nullable McpSyncTool find(McpRequestContext context, String name) {
            return tools.get(name);
          }
        },
        MAPPER,
        (_, _) -> JsonSchemaValidator.ValidationResponse.asValid(null),
        1_000,
        CacheScope.PUBLIC);
  }

  private static McpFeature resources() {
    var page =
        ResourcesPage.of(
            LegacyFixtures.resources().stream()
                .map(r -> MAPPER.convertValue(r.resource(), McpSchema.Resource.class))
                .toList());
    var templates =
        ResourceTemplatesPage.of(
            LegacyFixtures.templates().stream()
                .map(
                    t ->
                        MAPPER.convertValue(t.resourceTemplate(), McpSchema.ResourceTemplate.class))
                .toList());
    return ResourcesFeature.ofSync(
        new McpSyncResourceRepository() {
          @Override
          public ResourcesPage list(McpRequestContext context, @Nullable String cursor) {
            return page;
          }

          @Override
          public ResourceTemplatesPage listTemplates(
              McpRequestContext context, @Nullable String cursor) {
            return templates;
          }

          @Override
          public @Nullable McpSyncResource find(McpRequestContext context, String uri) {
            var fixed =
                LegacyFixtures.resources().stream()
                    .filter(r -> r.resource().uri().equals(uri))
                    .findFirst();
            if (fixed.isEmpty() && !uri.startsWith("test://template/")) {
              return null;
            }
            return McpSyncResource.of(
                (_, _) ->
                    McpSyncResponse.result(
                        MAPPER.convertValue(
                            fixed.isPresent()
                                ? fixed.get().readHandler().apply(null, null)
                                : LegacyFixtures.filled(uri),
                            McpSchema.ReadResourceResult.class)));
          }
        },
        MAPPER,
        1_000,
        CacheScope.PUBLIC);
  }

  private static McpFeature prompts() {
    var prompts = new LinkedHashMap<String, McpSyncPrompt>();
    for (var fixture : LegacyFixtures.prompts()) {
      var prompt = MAPPER.convertValue(fixture.prompt(), McpSchema.Prompt.class);
      prompts.put(
          prompt.name(),
          McpSyncPrompt.of(
                  prompt,
                  (_, request) ->
                      McpSyncResponse.result(
                          MAPPER.convertValue(
                              LegacyFixtures.prompt(request.name(), request.arguments()),
                              McpSchema.GetPromptResult.class)))
              .withCompletionHandler(
                  (_, _) ->
                      McpSchema.CompleteResult.of(
                          new McpSchema.CompleteResult.Completion(List.of("paris"), 1, false))));
    }
    var asking =
        McpSchema.Prompt.builder("test_input_required_result_prompt")
            .description("A fixture.")
            .build();
    prompts.put(
        asking.name(),
        McpSyncPrompt.of(
            asking,
            (_, request) ->
                McpSyncResponse.result(
                    request.inputResponses() == null
                        ? ModernInputs.add(
                                McpSchema.InputRequiredResult.builder(), "user_context", "elicit")
                            .build()
                        : MAPPER.convertValue(
                            LegacyFixtures.prompt("test_simple_prompt", Map.of()),
                            McpSchema.GetPromptResult.class))));
    var page = PromptsPage.of(prompts.values().stream().map(McpSyncPrompt::definition).toList());
    return PromptsFeature.ofSync(
        new McpSyncPromptRepository() {
          @Override
          public PromptsPage list(McpRequestContext context, @Nullable String cursor) {
            return page;
          }

          @Override
          public @Nullable McpSyncPrompt find(McpRequestContext context, String name) {
            return prompts.get(name);
          }

          @Override
          public boolean supportsCompletion() {
            return true;
          }
        },
        MAPPER,
        1_000,
        CacheScope.PUBLIC);
  }
}
