package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.agent.Tool;
import hostperf.catalog.Library;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.propose.Drafter;
import hostperf.tool.Access;
import hostperf.tool.AllTools;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What model providers and clients publish about the schema of a function's parameters. A tool
/// that breaks one of these is refused with all the others of its request.
class SchemaRulesTest {
  /// Gemini's and Vertex's `Schema`: https://ai.google.dev/api/caching#Schema and
  /// https://cloud.google.com/vertex-ai/docs/reference/rest/v1/Schema. Those of both.
  private static final Set<String> KEYWORDS =
      Set.of("type", "description", "properties", "required", "items", "enum");

  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean");

  /// https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
  private static final int MOST_PROPERTIES = 100;

  private static final int DEEPEST = 5;
  private static final int LONGEST_DESCRIPTION = 1024;

  /// Cursor counts the server's name, a separator and the tool's.
  private static final int LONGEST_NAME = 60;

  static Stream<Tool<?>> tools() {
    var here =
        new Checkout(
            Path.of("nowhere"), new LocalProcesses(), InstantSource.system(), new Random(1));
    return new AllTools(here, new Library(Golden.root()), Drafter.NONE, Structured::of, Access.FULL)
        .list().stream();
  }

  @ParameterizedTest
  @MethodSource("tools")
  void isTakenByEveryProvider(Tool<?> tool) {
    var declaration = tool.declaration();
    assertThat("hostperf:" + declaration.name()).hasSizeLessThanOrEqualTo(LONGEST_NAME);
    assertThat(declaration.name()).matches("[a-z][a-z0-9_]{0,63}");
    assertThat(declaration.description()).hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
    var properties = new ArrayList<String>();
    check(declaration.name(), InputSchema.of(declaration.input()), 1, properties);
    assertThat(properties).hasSizeLessThanOrEqualTo(MOST_PROPERTIES);
  }

  private static void check(String where, Map<?, ?> schema, int depth, List<String> properties) {
    assertThat(depth).as(where).isLessThanOrEqualTo(DEEPEST);
    assertThat(schema.keySet()).as(where).allMatch(KEYWORDS::contains);
    assertThat(schema.get("type")).as(where).isIn(TYPES);
    if (schema.containsKey("enum")) {
      assertThat(schema.get("type")).as(where).isEqualTo("string");
      assertThat((List<?>) schema.get("enum")).as(where).isNotEmpty().doesNotHaveDuplicates();
    }
    if ("array".equals(schema.get("type"))) {
      check(
          where + "[]",
          (Map<?, ?>) Objects.requireNonNull(schema.get("items")),
          depth + 1,
          properties);
    }
    if ("object".equals(schema.get("type"))) {
      var fields = (Map<?, ?>) Objects.requireNonNull(schema.get("properties"));
      assertThat(fields).as(where).isNotEmpty();
      if (schema.containsKey("required")) {
        assertThat((List<?>) schema.get("required"))
            .as(where)
            .isNotEmpty()
            .allMatch(fields::containsKey);
      }
      fields.forEach(
          (name, field) -> {
            properties.add(where + "." + name);
            assertThat(String.valueOf(name)).matches("[a-zA-Z0-9_.-]{1,64}");
            check(where + "." + name, (Map<?, ?>) field, depth + 1, properties);
          });
    }
  }
}
