package hostperf.server;

import hostperf.Once;
import hostperf.Refusal;
import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Outcome;
import hostperf.agent.Tool;
import hostperf.host.FileTrouble;
import hostperf.report.AgentText;
import hostperf.report.run.Budget;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tools as the protocol shows and answers them, in the words of the SDK; the only class that knows
/// both sides, and the only place where every exception ends.
public final class McpTools {
  private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);

  private final Map<String, Offered<?>> offered = new LinkedHashMap<>();
  private final Supplier<String> newErrorId;
  private final Once<List<McpSchema.Tool>> definitions =
      new Once<>(() -> offered.values().stream().<McpSchema.Tool>map(Offered::definition).toList());

  public McpTools(List<Tool<?>> tools, Supplier<String> newErrorId) {
    tools.forEach(t -> offered.put(t.declaration().name(), Offered.of(t)));
    this.newErrorId = newErrorId;
  }

  /// A tool and the reading of its arguments.
  private record Offered<I extends Record>(Tool<I> tool, InputType<I> input) {
    static <I extends Record> Offered<I> of(Tool<I> tool) {
      return new Offered<>(tool, new InputType<>(tool.declaration().input()));
    }

    McpSchema.Tool definition() {
      return McpTools.definition(tool.declaration(), input);
    }

    Outcome call(@Nullable Map<String, Object> arguments, Caller caller) {
      return tool.call(input.value(tool.declaration().name(), arguments), caller);
    }
  }

  List<McpSchema.Tool> definitions() {
    return definitions.get();
  }

  List<String> names() {
    return List.copyOf(offered.keySet());
  }

  static <I extends Record> McpSchema.Tool definition(
      Declaration<I> declaration, InputType<I> input) {
    boolean asksAPerson =
        declaration.effect() == Effect.CHANGES_CODE || declaration.name().equals("start_run");
    return McpSchema.Tool.builder(declaration.name(), input.schema())
        .title(declaration.title())
        .description(declaration.description())
        .outputSchema(OutputSchema.of(declaration.answers(), asksAPerson))
        .annotations(hints(declaration.effect()))
        .build();
  }

  private static McpSchema.ToolAnnotations hints(Effect effect) {
    boolean readOnly = effect == Effect.READS;
    boolean destructive = effect == Effect.DISCARDS_CODE;
    return McpSchema.ToolAnnotations.builder()
        .readOnlyHint(readOnly)
        .destructiveHint(destructive)
        .idempotentHint(readOnly)
        .openWorldHint(false)
        .build();
  }

  /// @param name of a tool that is offered
  McpSchema.CallToolResult call(
      String name, @Nullable Map<String, Object> arguments, Caller caller) {
    var tool = offered.get(name);
    if (tool == null) {
      throw new IllegalArgumentException(name);
    }
    try {
      var outcome = tool.call(arguments, caller);
      return answer(
          outcome, Budget.ANSWER.fit(outcome, o -> Structured.json(Structured.of(o)).length()));
    } catch (Refusal refusal) {
      return error(AgentText.of(refusal));
    } catch (RuntimeException | Error defect) {
      var trouble = FileTrouble.behind(defect);
      if (trouble.isPresent()) {
        LOG.warn("{}: {}", name, trouble.get().why());
        LOG.debug("behind it", defect);
        return error(AgentText.of(trouble.get()));
      }
      var id = newErrorId.get();
      LOG.error("{} in {}", id, name, defect);
      return error(AgentText.internalError(id));
    }
  }

  private static McpSchema.CallToolResult answer(Outcome whole, Outcome fitting) {
    return McpSchema.CallToolResult.builder()
        .addTextContent(AgentText.of(whole.keepsItsTextShort() ? whole : fitting))
        .structuredContent(Structured.of(fitting))
        .isError(false)
        .build();
  }

  private static McpSchema.CallToolResult error(String text) {
    return McpSchema.CallToolResult.builder().addTextContent(text).isError(true).build();
  }
}
