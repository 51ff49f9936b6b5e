package hostperf.server.client;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// One connection to a real server process on a checkout.
public final class ServerSession implements AutoCloseable {
  private final McpSyncClient client;
  private int calls;

  /// Who the client asks when the server puts a question to the person.
  public interface Person extends Function<McpSchema.ElicitFormRequest, McpSchema.ElicitResult> {}

  /// @param launcher the script that starts hostperf
  /// @param name how the client introduces itself
  /// @param progress gets every line of progress
  public static ServerSession open(
      Path launcher, Path checkout, String name, Person person, Consumer<String> progress) {
    return open(launcher, checkout, Map.of(), name, person, progress);
  }

  /// @param environment added to ours for the server
  public static ServerSession open(
      Path launcher,
      Path checkout,
      Map<String, String> environment,
      String name,
      Person person,
      Consumer<String> progress) {
    var start = new Start(launcher, checkout, List.of(), environment);
    return open(start, name, person, progress);
  }

  /// How the server is started.
  ///
  /// @param flags of `serve`
  /// @param environment added to ours
  public record Start(
      Path launcher, Path checkout, List<String> flags, Map<String, String> environment) {
    public Start {
      flags = List.copyOf(flags);
      environment = Map.copyOf(environment);
    }
  }

  public static ServerSession open(
      Start start, String name, Person person, Consumer<String> progress) {
    var whole = new HashMap<>(System.getenv());
    whole.putAll(start.environment());
    var arguments = new ArrayList<>(List.of("-C", start.checkout().toString(), "serve"));
    arguments.addAll(start.flags());
    var parameters =
        ServerParameters.builder(start.launcher().toString()).args(arguments).env(whole).build();
    var transport = new StdioClientTransport(parameters, McpJsonDefaults.getMapper());
    transport.setStdErrorHandler(line -> progress.accept("server: " + line));
    var client =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(120))
            .initializationTimeout(Duration.ofSeconds(60))
            .clientInfo(McpSchema.Implementation.builder(name, "1").build())
            .capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
            .elicitation(person)
            .progressConsumer(p -> progress.accept(String.valueOf(p.message())))
            .build();
    client.initialize();
    return new ServerSession(client);
  }

  private ServerSession(McpSyncClient client) {
    this.client = client;
  }

  /// Calls a tool and waits for its answer, through `job` where it takes longer than one call may.
  public Answer call(String tool, Map<String, Object> arguments) {
    var answer = once(tool, arguments);
    while (answer.job().isPresent()) {
      var waited =
          once("job", Map.of("job_id", answer.job().get(), "action", "wait", "wait_s", 50));
      answer = waited.text("state").equals("running") ? waited : result(waited);
    }
    return answer;
  }

  @SuppressWarnings("unchecked") // JSON objects have text keys
  private static Answer result(Answer job) {
    return job.fields().get("result") instanceof Map<?, ?> result
        ? new Answer(false, (Map<String, Object>) result, job.text())
        : new Answer(true, job.fields(), job.text());
  }

  @SuppressWarnings("unchecked") // JSON objects have text keys
  private Answer once(String tool, Map<String, Object> arguments) {
    var meta = Map.<String, Object>of("progressToken", "call-" + ++calls);
    var result =
        client.callTool(new McpSchema.CallToolRequest(tool, new LinkedHashMap<>(arguments), meta));
    var text =
        result.content().stream()
            .filter(c -> c instanceof McpSchema.TextContent)
            .map(c -> ((McpSchema.TextContent) c).text())
            .reduce("", String::concat);
    var fields =
        result.structuredContent() instanceof Map<?, ?> map
            ? (Map<String, Object>) map
            : Map.<String, Object>of();
    return new Answer(Boolean.TRUE.equals(result.isError()), fields, text);
  }

  public List<McpSchema.Tool> tools() {
    return client.listTools().tools();
  }

  /// The SDK's client, for what this class does not wrap.
  public McpSyncClient sdk() {
    return client;
  }

  @Override
  public void close() {
    client.closeGracefully();
  }
}
