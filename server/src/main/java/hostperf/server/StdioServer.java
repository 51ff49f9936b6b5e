package hostperf.server;

import hostperf.agent.Tool;
import hostperf.approval.Approval;
import hostperf.server.stdio.StdioTransport;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The MCP server on a pair of streams. It serves until the client closes its end.
public final class StdioServer {
  /// For calls that came just before the client closed its end, such as those of a pipe.
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

  private final McpTools tools;
  private final McpResources resources;
  private final McpPrompts prompts;
  private final Completions completions;
  private final Supplier<String> newErrorId;

  public StdioServer(
      McpTools tools,
      McpResources resources,
      McpPrompts prompts,
      Completions completions,
      Supplier<String> newErrorId) {
    this.tools = tools;
    this.resources = resources;
    this.prompts = prompts;
    this.completions = completions;
    this.newErrorId = newErrorId;
  }

  /// Blocks until the client has closed an end.
  ///
  /// @param atEnd what is done then, before calls under way are waited for
  public void serve(
      List<Tool<?>> offered, InputStream in, OutputStream out, String version, Runnable atEnd) {
    var prompted = prompts.specifications();
    var transport =
        new StdioTransport(
            in,
            out,
            offered.stream().map(t -> t.declaration().name()).collect(Collectors.toSet()),
            prompted.stream().map(p -> p.prompt().name()).collect(Collectors.toSet()),
            newErrorId);
    var elicitations = new Elicitations(transport);
    var server =
        McpServer.sync(elicitations)
            .jsonMapper(transport.mapper())
            .jsonSchemaValidator(new LateValidator())
            // Each call has a thread of its own already.
            .immediateExecution(true)
            // The SDK ends its requests after ten seconds; a person reads for as long as they need.
            .requestTimeout(Approval.LIFETIME)
            .serverInfo("hostperf", version)
            .instructions(prompts.instructions())
            .capabilities(
                McpSchema.ServerCapabilities.builder()
                    .tools(false)
                    .resources(false, false)
                    .prompts(false)
                    .completions()
                    .build())
            // InputType refuses wrong, missing and unknown arguments in words that heal.
            .validateToolInputs(false)
            .tools(tools.specifications(offered, elicitations))
            .resources(resources.fixed())
            .resourceTemplates(resources.templates())
            .prompts(prompted)
            .completions(completions.specifications())
            .build();
    transport.awaitEnd();
    atEnd.run();
    transport.awaitAnswers(LAST_ANSWERS);
    server.close();
  }
}
