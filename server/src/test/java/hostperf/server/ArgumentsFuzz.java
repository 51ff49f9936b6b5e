package hostperf.server;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.agent.Declaration;
import hostperf.agent.Tool;
import hostperf.catalog.Library;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.propose.Drafter;
import hostperf.server.wire.StdioFuzz;
import hostperf.tool.Access;
import hostperf.tool.AllTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a client sends: whatever the bytes, the lines that reach the SDK are messages, and the
/// arguments of a call become a tool's input or are refused in a few words. `bench/fuzz` feeds it.
public final class ArgumentsFuzz {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<Tool<?>> TOOLS = tools();

  private ArgumentsFuzz() {}

  private static List<Tool<?>> tools() {
    var here =
        new Checkout(
            Path.of("nowhere"), new LocalProcesses(), InstantSource.system(), new Random(1));
    return new AllTools(here, new Library(Golden.root()), Drafter.NONE, Structured::of, Access.FULL)
        .list();
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    StdioFuzz.lines(bytes);
    try {
      if (JSON.readValue(bytes, Object.class) instanceof Map<?, ?> arguments) {
        TOOLS.forEach(t -> input(t.declaration(), arguments));
      }
    } catch (JacksonException _) {
      // No JSON: the lines above were all there is to it.
    }
  }

  private static <I extends Record> void input(Declaration<I> declaration, Map<?, ?> arguments) {
    try {
      @SuppressWarnings("unchecked") // JSON objects have text keys
      var given = (Map<String, Object>) arguments;
      var _ = new InputType<>(declaration.input()).value(declaration.name(), given);
    } catch (Refusal refusal) {
      if (refusal.why().length() > 2_000) {
        throw new AssertionError("a refusal of %d characters".formatted(refusal.why().length()));
      }
    }
  }
}
