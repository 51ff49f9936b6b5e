package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.server.client.Answer;
import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged server, over stdio, with the SDK's own client, in a folder that is no checkout.
class ServerIT {
  @TempDir Path folder;
  private ServerSession server;

  @BeforeEach
  void connect() {
    server =
        ServerSession.open(
            Golden.root().resolve("hostperf"),
            folder,
            "test",
            _ -> new McpSchema.ElicitResult(McpSchema.ElicitResult.Action.DECLINE, null, null),
            _ -> {});
  }

  @AfterEach
  void disconnect() {
    server.close();
  }

  private Answer call(String tool, Map<String, Object> arguments) {
    return server.call(tool, arguments);
  }

  @Test
  void saysHowToBeginInItsInstructions() {
    var instructions = server.sdk().getServerInstructions();
    assertThat(instructions.getBytes(StandardCharsets.UTF_8).length).isLessThan(2048);
    assertThat(server.tools()).hasSize(14);
  }

  @Test
  void tellsOfAnUnknownRunWhichThereAre() {
    var answer = call("rollback", Map.of("run_id", "run-abcd2345", "reason", "test"));
    assertThat(answer.isError()).isTrue();
    assertThat(answer.text())
        .startsWith("Refused: There is no run 'run-abcd2345'")
        .contains("Next: Call `status`")
        .doesNotContain("Exception");
  }

  @Test
  void answersWhereThereIsNothingYet() {
    var answer = call("status", Map.of());
    assertThat(answer.isError()).isFalse();
    assertThat(answer.rows("runs")).isEmpty();
    assertThat(answer.rows("next")).first().extracting(n -> n.get("tool")).isEqualTo("start_run");
  }

  @Test
  void namesMissingAndUnknownArguments() {
    assertThat(call("classify", Map.of()).text()).contains("`run_id`, which is missing");
    assertThat(call("status", Map.of("run", "x")).text()).contains("no argument `run`");
  }

  @Test
  void saysThatThereIsNoConfiguration() {
    assertThat(call("start_run", Map.of()).text()).contains("hostperf init");
  }

  @Test
  void servesPagesPromptsAndCompletions() {
    var sdk = server.sdk();
    assertThat(sdk.listPrompts().prompts())
        .extracting(McpSchema.Prompt::name)
        .contains("optimize_host_overhead", "analyze_profile", "review_patch", "summarize_run");
    var pages = sdk.listResources().resources();
    assertThat(pages)
        .extracting(McpSchema.Resource::uri)
        .contains("hostperf://references/tools.md");
    var page =
        sdk.readResource(McpSchema.ReadResourceRequest.builder(pages.getFirst().uri()).build());
    assertThat(((McpSchema.TextResourceContents) page.contents().getFirst()).text()).contains("#");
    var completion =
        sdk.completeCompletion(
            McpSchema.CompleteRequest.builder(
                    new McpSchema.ResourceReference("hostperf://references/{path}"),
                    new McpSchema.CompleteRequest.CompleteArgument("path", "patterns/"))
                .build());
    assertThat(completion.completion().values()).contains("patterns/sync-alloc.md");
  }

  @Test
  void findsSectionsOfTheCatalogue() {
    var found = call("search_references", Map.of("query", "item read back loop"));
    assertThat(found.rows("matches")).isNotEmpty();
    assertThat(String.valueOf(found.rows("matches").getFirst().get("uri")))
        .startsWith("hostperf://references/");
  }

  @Test
  void saysOfATraceThatIsNotThereWhatItNeeds() {
    var answer = call("detect_host_overhead", Map.of("trace", List.of("no.sqlite")));
    assertThat(answer.text()).contains("no.sqlite");
    assertThat(answer.text()).doesNotContain("Exception");
  }
}
