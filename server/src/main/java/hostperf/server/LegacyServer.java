package hostperf.server;

import hostperf.approval.Approval;
import hostperf.server.wire.Greeting;
import hostperf.server.wire.LegacySessions;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is offered, by the revisions up to 2025-11-25.
public final class LegacyServer {
  /// Nothing that is offered changes while a server runs.
  private static final Map<String, Object> CAPABILITIES =
      new TreeMap<>(
          Map.of(
              "completions", Map.of(),
              "prompts", Map.of("listChanged", false),
              "resources", new TreeMap<>(Map.of("listChanged", false, "subscribe", false)),
              "tools", Map.of("listChanged", false)));

  private final Offer offer;

  private LegacyServer(Offer offer) {
    this.offer = offer;
  }

  /// Opens the sessions of its clients.
  public static LegacySessions sessions(Offer offer) {
    var greeting =
        new Greeting("hostperf", offer.version(), CAPABILITIES, offer.prompts().instructions());
    var server = new LegacyServer(offer);
    return new LegacySessions(greeting, offer.params(), offer.defects(), server::build);
  }

  private void build(McpServerTransportProvider transport) {
    var elicitations = new Elicitations(transport);
    var _ =
        McpServer.sync(elicitations)
            .jsonMapper(LegacySessions.mapper())
            .jsonSchemaValidator(new LateValidator())
            // Each call has a thread of its own already.
            .immediateExecution(true)
            // The SDK ends its requests after ten seconds; a person reads for as long as they need.
            .requestTimeout(Approval.LIFETIME)
            .serverInfo("hostperf", offer.version())
            .capabilities(
                McpSchema.ServerCapabilities.builder()
                    .tools(false)
                    .resources(false, false)
                    .prompts(false)
                    .completions()
                    .build())
            // InputType refuses wrong, missing and unknown arguments in words that heal.
            .validateToolInputs(false)
            .tools(tools(elicitations))
            .resources(resources())
            .resourceTemplates(templates())
            .prompts(prompts())
            .completions(completions())
            .build();
  }

  private List<SyncToolSpecification> tools(Elicitations elicitations) {
    return offer.tools().definitions().stream()
        .map(
            tool ->
                SyncToolSpecification.builder()
                    .tool(tool)
                    .callHandler(
                        (exchange, request) ->
                            offer
                                .tools()
                                .call(
                                    tool.name(),
                                    request.arguments(),
                                    new McpCaller(exchange, request, elicitations)))
                    .build())
        .toList();
  }

  private List<SyncResourceSpecification> resources() {
    return offer.resources().definitions().stream()
        .map(r -> new SyncResourceSpecification(r, (_, request) -> read(request)))
        .toList();
  }

  private List<SyncResourceTemplateSpecification> templates() {
    return offer.resources().templates().stream()
        .map(t -> new SyncResourceTemplateSpecification(t, (_, request) -> read(request)))
        .toList();
  }

  private McpSchema.ReadResourceResult read(McpSchema.ReadResourceRequest request) {
    return ProtocolRefusal.of(
        McpSchema.ErrorCodes.RESOURCE_NOT_FOUND, () -> offer.resources().read(request.uri()));
  }

  private List<SyncPromptSpecification> prompts() {
    return offer.prompts().definitions().stream()
        .map(
            p ->
                new SyncPromptSpecification(
                    p,
                    (_, request) ->
                        ProtocolRefusal.of(
                            McpSchema.ErrorCodes.INVALID_PARAMS,
                            () -> offer.prompts().get(p.name(), request.arguments()))))
        .toList();
  }

  private List<SyncCompletionSpecification> completions() {
    var all = new ArrayList<SyncCompletionSpecification>();
    for (var template : offer.resources().templates()) {
      var uri = template.uriTemplate();
      all.add(
          new SyncCompletionSpecification(
              new McpSchema.ResourceReference(uri),
              (_, request) ->
                  result(offer.completions().ofResource(uri, request.argument().value()))));
    }
    for (var prompt : offer.prompts().definitions()) {
      all.add(
          new SyncCompletionSpecification(
              new McpSchema.PromptReference(prompt.name()),
              (_, request) ->
                  result(
                      offer
                          .completions()
                          .ofPrompt(request.argument().name(), request.argument().value()))));
    }
    return all;
  }

  private static McpSchema.CompleteResult result(Completions.Fitting fitting) {
    return new McpSchema.CompleteResult(
        new McpSchema.CompleteResult.CompleteCompletion(
            fitting.values(), fitting.total(), fitting.isCut()));
  }
}
