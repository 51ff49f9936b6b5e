package hostperf.server;

import hostperf.agent.Tool;
import hostperf.approval.Approval;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The MCP server on a pair of streams. It serves until the client closes its end.
public final class StdioServer {
  private final McpTools tools;
  private final McpResources resources;
  private final McpPrompts prompts;

  public StdioServer(McpTools tools, McpResources resources, McpPrompts prompts) {
    this.tools = tools;
    this.resources = resources;
    this.prompts = prompts;
  }

  /// Blocks until the input ends.
  ///
  /// @param atEnd what is done once the client has gone, before calls under way are waited for
  public void serve(
      List<Tool<?>> offered, InputStream in, OutputStream out, String version, Runnable atEnd) {
    var gone = new CountDownLatch(1);
    var mapper = McpJsonDefaults.getMapper();
    var stdio = new StdioServerTransportProvider(mapper, new SoundLines(in, gone), out);
    var elicitations = new Elicitations(stdio);
    var server =
        McpServer.sync(elicitations)
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
            .prompts(prompts.specifications())
            .completions(resources.completions())
            .build();
    try {
      gone.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    atEnd.run();
    server.close();
  }
}
