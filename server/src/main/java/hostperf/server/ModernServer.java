package hostperf.server;

import hostperf.Once;
import hostperf.Refusal;
import hostperf.server.wire.ModernCalls;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.McpSchema.CacheScope;
import io.modelcontextprotocol.modern.server.HmacRequestStateCodec;
import io.modelcontextprotocol.modern.server.McpFeature;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpServer;
import io.modelcontextprotocol.modern.server.McpSyncResponse;
import io.modelcontextprotocol.modern.server.feature.McpSyncPrompt;
import io.modelcontextprotocol.modern.server.feature.McpSyncPromptRepository;
import io.modelcontextprotocol.modern.server.feature.McpSyncResource;
import io.modelcontextprotocol.modern.server.feature.McpSyncResourceRepository;
import io.modelcontextprotocol.modern.server.feature.McpSyncResourceTemplate;
import io.modelcontextprotocol.modern.server.feature.McpSyncTool;
import io.modelcontextprotocol.modern.server.feature.McpSyncToolRepository;
import io.modelcontextprotocol.modern.server.feature.PromptsFeature;
import io.modelcontextprotocol.modern.server.feature.PromptsPage;
import io.modelcontextprotocol.modern.server.feature.ResourceTemplatesPage;
import io.modelcontextprotocol.modern.server.feature.ResourcesFeature;
import io.modelcontextprotocol.modern.server.feature.ResourcesPage;
import io.modelcontextprotocol.modern.server.feature.ToolsFeature;
import io.modelcontextprotocol.modern.server.feature.ToolsPage;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is offered, by the revision 2026-07-28. The definitions are those of `Offer`: the wire's
/// form of both revisions is the same but for what each message carries besides.
public final class ModernServer {
  /// What is offered does not change while a server runs; what a run's pages say does.
  private static final Duration DEFINITIONS_HOLD = Duration.ofHours(1);

  /// Long enough for a person; a question expires by then.
  private static final Duration STATE_HOLDS = hostperf.approval.Approval.LIFETIME;

  private static final int KEY_BYTES = 32;

  /// `InputType` refuses arguments in words that heal; tests hold the schemas of answers.
  private static final JsonSchemaValidator NOT_TWICE =
      (_, _) -> JsonSchemaValidator.ValidationResponse.asValid(null);

  private final McpJsonMapper mapper = ModernCalls.mapper();
  private final InputRequests inputs = new InputRequests(mapper);
  private final Offer offer;

  private ModernServer(Offer offer) {
    this.offer = offer;
  }

  /// Answers its requests.
  public static ModernCalls calls(Offer offer) {
    return new ModernCalls(new ModernServer(offer).server(), offer.defects());
  }

  private McpServer server() {
    return McpServer.builder()
        .jsonMapper(mapper)
        .serverInfo(McpSchema.Implementation.builder("hostperf", offer.version()).build())
        .instructions(offer.prompts().instructions())
        .discoverCache(DEFINITIONS_HOLD.toMillis(), CacheScope.PRIVATE)
        .requestStateCodec(
            HmacRequestStateCodec.builder().key(key()).ttl(STATE_HOLDS).jsonMapper(mapper).build())
        .features(
            List.<McpFeature>of(
                tools(),
                resources(),
                prompts(),
                new SkillsFeature(offer.skills(), DEFINITIONS_HOLD.toMillis())))
        .build();
  }

  /// Of this process: what a request left open ends with it.
  private static byte[] key() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private McpFeature tools() {
    var tools = new Once<>(this::byName);
    return ToolsFeature.ofSync(
        new McpSyncToolRepository() {
          @Override
          public ToolsPage list(McpRequestContext context, @Nullable String cursor) {
            return onePage(
                cursor,
                ToolsPage.of(tools.get().values().stream().map(McpSyncTool::definition).toList()));
          }

          @Override
          public @Nullable McpSyncTool find(McpRequestContext context, String name) {
            return tools.get().get(name);
          }
        },
        mapper,
        NOT_TWICE,
        DEFINITIONS_HOLD.toMillis(),
        CacheScope.PRIVATE);
  }

  private Map<String, McpSyncTool> byName() {
    var tools = new LinkedHashMap<String, McpSyncTool>();
    for (var tool : all(offer.tools().definitions(), McpSchema.Tool.class)) {
      tools.put(tool.name(), McpSyncTool.of(tool, this::call));
    }
    return tools;
  }

  private McpSyncResponse<McpSchema.CallToolOutcome> call(
      McpRequestContext context, McpSchema.CallToolRequest request) {
    if (context.progressToken() == null) {
      return McpSyncResponse.result(inputs.call(offer.tools(), request, new ModernCaller(context)));
    }
    return McpSyncResponse.streaming(
        notifier -> inputs.call(offer.tools(), request, new ModernCaller(context, notifier)));
  }

  private McpFeature resources() {
    var page =
        new Once<>(
            () -> ResourcesPage.of(all(offer.resources().definitions(), McpSchema.Resource.class)));
    var templates =
        new Once<>(() -> all(offer.resources().templates(), McpSchema.ResourceTemplate.class));
    var resource = McpSyncResource.of((_, request) -> McpSyncResponse.result(read(request)));
    return ResourcesFeature.ofSync(
        new McpSyncResourceRepository() {
          @Override
          public ResourcesPage list(McpRequestContext context, @Nullable String cursor) {
            return onePage(cursor, page.get());
          }

          @Override
          public ResourceTemplatesPage listTemplates(
              McpRequestContext context, @Nullable String cursor) {
            return onePage(cursor, ResourceTemplatesPage.of(templates.get()));
          }

          @Override
          public McpSyncResource find(McpRequestContext context, String uri) {
            return resource;
          }

          @Override
          public @Nullable McpSyncResourceTemplate findTemplate(
              McpRequestContext context, String uri) {
            return templates.get().stream()
                .filter(t -> t.uriTemplate().equals(uri))
                .findFirst()
                .map(t -> McpSyncResourceTemplate.of(t).withCompletionHandler(completed(uri)))
                .orElse(null);
          }

          @Override
          public boolean supportsCompletion() {
            return true;
          }
        },
        mapper,
        0,
        CacheScope.PRIVATE);
  }

  private io.modelcontextprotocol.modern.server.feature.McpSyncCompletionHandler completed(
      String template) {
    return (_, request) ->
        result(offer.completions().ofResource(template, request.argument().value()));
  }

  private McpSchema.ReadResourceResult read(McpSchema.ReadResourceRequest request) {
    return refused(
        Map.of("uri", request.uri()),
        () ->
            mapper.convertValue(
                offer.resources().read(request.uri()), McpSchema.ReadResourceResult.class));
  }

  private McpFeature prompts() {
    var prompts = new Once<>(() -> all(offer.prompts().definitions(), McpSchema.Prompt.class));
    return PromptsFeature.ofSync(
        new McpSyncPromptRepository() {
          @Override
          public PromptsPage list(McpRequestContext context, @Nullable String cursor) {
            return onePage(cursor, PromptsPage.of(prompts.get()));
          }

          @Override
          public @Nullable McpSyncPrompt find(McpRequestContext context, String name) {
            return prompts.get().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .map(ModernServer.this::prompt)
                .orElse(null);
          }

          @Override
          public boolean supportsCompletion() {
            return true;
          }
        },
        mapper,
        DEFINITIONS_HOLD.toMillis(),
        CacheScope.PRIVATE);
  }

  private McpSyncPrompt prompt(McpSchema.Prompt definition) {
    return McpSyncPrompt.of(definition, (_, request) -> McpSyncResponse.result(get(request)))
        .withCompletionHandler(
            (_, request) ->
                result(
                    offer
                        .completions()
                        .ofPrompt(request.argument().name(), request.argument().value())));
  }

  private McpSchema.GetPromptResult get(McpSchema.GetPromptRequest request) {
    return refused(
        Map.of("name", request.name()),
        () ->
            mapper.convertValue(
                offer.prompts().get(request.name(), request.arguments()),
                McpSchema.GetPromptResult.class));
  }

  private <T> List<T> all(List<?> definitions, Class<T> type) {
    return definitions.stream().map(d -> mapper.convertValue(d, type)).toList();
  }

  private static McpSchema.CompleteResult result(Completions.Fitting fitting) {
    return McpSchema.CompleteResult.of(
        new McpSchema.CompleteResult.Completion(
            fitting.values(), fitting.total(), fitting.isCut()));
  }

  private static <T> T onePage(@Nullable String cursor, T page) {
    if (cursor != null && !cursor.isEmpty()) {
      throw McpException.invalidParams("There is no page after the first; send no `cursor`.");
    }
    return page;
  }

  /// @param about what was wanted, for programs
  private static <T> T refused(Map<String, String> about, Supplier<T> answer) {
    try {
      return answer.get();
    } catch (Refusal refusal) {
      throw McpException.invalidParams(refusal.why() + " " + refusal.next(), about);
    }
  }
}
