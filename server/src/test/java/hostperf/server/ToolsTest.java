package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.agent.Effect;
import hostperf.agent.Param;
import hostperf.agent.Tool;
import hostperf.catalog.Library;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.propose.Drafter;
import hostperf.tool.Access;
import hostperf.tool.AllTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What holds for every tool.
class ToolsTest {
  /// Definitions are read into every conversation; the interface of record caps them.
  private static final int MOST_BYTES = 28_000;

  @TempDir Path checkout;
  private List<Tool<?>> tools;

  @BeforeEach
  void collect() {
    var here = new Checkout(checkout, new LocalProcesses(), InstantSource.system(), new Random(1));
    tools =
        new AllTools(here, new Library(Golden.root()), Drafter.NONE, Structured::of, Access.FULL)
            .list();
  }

  private static <I extends Record> McpSchema.Tool definition(Tool<I> tool) {
    var declaration = tool.declaration();
    return McpTools.definition(declaration, new InputType<>(declaration.input()));
  }

  @Test
  void keepsTheFourteenNamesOfTheInterface() {
    assertThat(tools.stream().map(t -> t.declaration().name()))
        .containsExactly(
            "detect_host_overhead",
            "start_run",
            "status",
            "profile",
            "classify",
            "propose_options",
            "apply_patch",
            "run_unit_tests",
            "validate",
            "rollback",
            "report",
            "compare_traces",
            "search_references",
            "job");
  }

  @Test
  void showsEachToolAsItIsOnTheWire() throws IOException {
    var sorted =
        JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    for (var tool : tools) {
      var wire = McpJsonDefaults.getMapper().writeValueAsString(definition(tool));
      Golden.check(
          "server",
          "tools/%s.json".formatted(tool.declaration().name()),
          sorted.writeValueAsString(sorted.readValue(wire, TreeMap.class)) + "\n");
    }
  }

  @Test
  void fitsIntoTheBudgetTogether() throws IOException {
    int bytes = 0;
    for (var tool : tools) {
      bytes += McpJsonDefaults.getMapper().writeValueAsBytes(definition(tool)).length;
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  void describesEveryArgument() {
    for (var tool : tools) {
      assertThat(tool.declaration().input().getRecordComponents())
          .allSatisfy(c -> assertThat(c.getAnnotation(Param.class)).isNotNull());
    }
  }

  @Test
  void marksWhatOnlyReadsAsReading() {
    for (var tool : tools) {
      var hints = definition(tool).annotations();
      assertThat(hints.readOnlyHint()).isEqualTo(tool.declaration().effect() == Effect.READS);
      assertThat(hints.openWorldHint()).isFalse();
    }
  }

  @Test
  void isNamedByThePromptThatDrivesTheLoop() {
    var loop = new Library(Golden.root()).prompts().of("optimize_host_overhead").toString();
    assertThat(tools)
        .allSatisfy(t -> assertThat(loop).contains("`" + t.declaration().name() + "`"));
  }

  @Test
  void isDescribedInTheGeneratedReference() throws IOException {
    var text = new StringBuilder("# Tools\n\n");
    text.append("Generated from the tools' declarations; `./mvnw -Dgolden.update=true test`");
    text.append(" renews it.\n");
    tools.forEach(t -> text.append(section(t)));
    Golden.checkFile(Golden.root().resolve("references/tools.md"), text.toString());
  }

  private static String section(Tool<?> tool) {
    var declaration = tool.declaration();
    var text =
        new StringBuilder(
            "\n## %s\n\n%s\n\n| argument | meaning |\n|---|---|\n"
                .formatted(declaration.name(), declaration.description()));
    Arrays.stream(declaration.input().getRecordComponents())
        .forEach(
            c -> {
              var words = c.getAnnotation(Param.class);
              var name = words.name().isEmpty() ? WireNames.snake(c.getName()) : words.name();
              boolean optional = c.getType() == Optional.class;
              text.append(
                  "| `%s`%s | %s |\n"
                      .formatted(name, optional ? " (optional)" : "", words.value()));
            });
    return text.toString();
  }
}
