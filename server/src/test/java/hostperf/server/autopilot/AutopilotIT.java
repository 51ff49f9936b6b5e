package hostperf.server.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.autopilot.PilotCheckout.Ended;
import hostperf.server.model.ScriptedEndpoint;
import hostperf.server.model.ScriptedEndpoint.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of the packaged autopilot on the sample engine, with models good and bad.
@Order(2)
@SuppressWarnings("NullAway.Init") // set by each flight
class AutopilotIT {
  /// The second calls a function whose one dear line fits no shape of the server.
  private static final List<String> WITHOUT_DRAFT =
      List.of(
          "py_executor.PyExecutor._executor_iteration",
          "py_executor.PyExecutor._process_iter_stats");

  private static final String GOOD =
      "My key is "
          + PilotCheckout.KEY
          + ".\n"
          + """
          Keeps the records as they are and writes JSON when they are fetched.
          <edit file="mini_executor/iter_stats.py">
          <old>
                  self._records.append(json.dumps(dataclasses.asdict(stats)))
          </old>
          <new>
                  self._records.append(stats)
          </new>
          </edit>
          <edit file="mini_executor/iter_stats.py">
          <old>
                  records = list(self._records)
          </old>
          <new>
                  records = [json.dumps(dataclasses.asdict(stats)) for stats in self._records]
          </new>
          </edit>
          """;

  @TempDir Path folder;
  private PilotCheckout checkout;
  private String base;
  private ScriptedEndpoint endpoint;

  @AfterEach
  void close() {
    endpoint.close();
  }

  private Ended fly(String provider, Function<String, Line> script)
      throws IOException, InterruptedException {
    return fly(provider, "30s", script);
  }

  private Ended fly(String provider, String timeout, Function<String, Line> script)
      throws IOException, InterruptedException {
    endpoint = new ScriptedEndpoint(script);
    var model =
        """
        model:
          provider: %s
          name: scripted
          base_url: %s
          api_key_env: PILOT_KEY
          timeout: %s
        """
            .formatted(provider, endpoint.url(), timeout);
    checkout = PilotCheckout.in(folder, WITHOUT_DRAFT, 250, 500, model);
    base = checkout.git("rev-parse", "HEAD");
    return checkout.fly("--rounds", "1", "--approval", "never");
  }

  private static boolean isDraft(String request) {
    return request.contains("Write the edit for");
  }

  private void assertBaseAndNoKey(Ended ended) throws IOException, InterruptedException {
    assertThat(checkout.git("rev-parse", "HEAD")).isEqualTo(base);
    assertNoKey(ended);
  }

  private void assertNoKey(Ended ended) throws IOException, InterruptedException {
    assertThat(checkout.git("status", "--porcelain")).isEmpty();
    assertThat(ended.output()).doesNotContain(PilotCheckout.KEY);
    assertThat(checkout.filesWith(PilotCheckout.KEY)).isEmpty();
    assertThat(endpoint.keys()).allMatch(k -> k.contains(PilotCheckout.KEY));
  }

  @Test
  void aGoodModelFixesAHotspotThatHasNoDraft() throws IOException, InterruptedException {
    var ended =
        fly(
            "openai",
            request ->
                isDraft(request)
                    ? new Line.Text(GOOD)
                    : new Line.Tool("choose_option", "{\"option_id\":\"A\",\"why\":\"best\"}"));
    assertThat(ended.code()).withFailMessage(ended.output()).isZero();
    assertThat(checkout.git("log", "--format=%H", "main..HEAD").lines()).hasSize(1);
    assertThat(checkout.git("show", "HEAD")).contains("+        self._records.append(stats)");
    assertThat(checkout.report()).contains("through flag");
    assertThat(checkout.filesWith("Keeps the records as they are"))
        .anyMatch(f -> f.endsWith("transcripts/round-1.jsonl"));
    assertNoKey(ended);
  }

  @Test
  void brokenPatchesAreRefusedWithTheReason() throws IOException, InterruptedException {
    var ended =
        fly(
            "anthropic",
            request ->
                new Line.Text(
                    request.contains("An earlier answer of yours was refused")
                        ? GOOD.replace("append(json", "append(jason")
                        : GOOD.replace("append(stats)", "append(stats")));
    assertThat(ended.code()).withFailMessage(ended.output()).isEqualTo(1);
    assertThat(checkout.report()).contains("syntax error", "does not occur");
    assertBaseAndNoKey(ended);
  }

  @Test
  void editsOfTestsAreRefusedWithTheReason() throws IOException, InterruptedException {
    var ended =
        fly(
            "openai",
            _ ->
                new Line.Text(
                    """
                    The test is too strict.
                    <edit file="tests/test_py_executor.py">
                    <old>
                    import json
                    </old>
                    <new>
                    import json as json
                    </new>
                    </edit>
                    """));
    assertThat(ended.code()).withFailMessage(ended.output()).isEqualTo(1);
    assertThat(checkout.report()).contains("is protected by", "same refused edit again");
    assertBaseAndNoKey(ended);
  }

  @Test
  void aModelThatLoopsEndsTheRun() throws IOException, InterruptedException {
    var ended =
        fly(
            "openai",
            request ->
                isDraft(request)
                    ? new Line.Text(GOOD)
                    : new Line.Tool("search_references", "{\"query\":\"serialize\"}"));
    assertThat(ended.code()).withFailMessage(ended.output()).isEqualTo(3);
    assertThat(ended.output()).contains("the model made the same call 3 times");
    assertThat(checkout.report()).contains("the model made the same call 3 times");
    assertBaseAndNoKey(ended);
  }

  @Test
  void aModelThatTimesOutIsAskedAFewTimesAndThenLeftAlone()
      throws IOException, InterruptedException {
    var ended = fly("anthropic", "2s", _ -> new Line.Silence(20_000));
    assertThat(ended.code()).withFailMessage(ended.output()).isEqualTo(1);
    assertThat(endpoint.requests()).withFailMessage(ended.output()).hasSize(4);
    assertThat(checkout.report()).contains("a time-out", "after 4 tries");
    assertBaseAndNoKey(ended);
  }
}
