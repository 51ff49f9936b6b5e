package hostperf.server;

import hostperf.Refusal;
import hostperf.agent.Declaration;
import hostperf.agent.Effect;
import hostperf.agent.Outcome;
import hostperf.agent.Tool;
import hostperf.host.FileTrouble;
import hostperf.report.AgentText;
import hostperf.report.Budget;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tools as the SDK's specifications; the only class that knows both sides, and the only place
/// where every exception ends.
public final class McpTools {
  private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);

  private final Supplier<String> newErrorId;

  public McpTools(Supplier<String> newErrorId) {
    this.newErrorId = newErrorId;
  }

  List<SyncToolSpecification> specifications(List<Tool<?>> tools, Elicitations elicitations) {
    return tools.stream().map(t -> specification(t, elicitations)).toList();
  }

  private <I extends Record> SyncToolSpecification specification(
      Tool<I> tool, Elicitations elicitations) {
    var declaration = tool.declaration();
    var input = new InputType<>(declaration.input());
    return SyncToolSpecification.builder()
        .tool(definition(declaration, input))
        .callHandler(
            (exchange, request) ->
                answer(tool, input, request, new McpCaller(exchange, request, elicitations)))
        .build();
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

  private <I extends Record> McpSchema.CallToolResult answer(
      Tool<I> tool, InputType<I> input, McpSchema.CallToolRequest request, McpCaller caller) {
    var name = tool.declaration().name();
    try {
      var outcome = tool.call(input.value(name, request.arguments()), caller);
      return answer(Budget.ANSWER.fit(outcome, o -> Structured.json(Structured.of(o)).length()));
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

  private static McpSchema.CallToolResult answer(Outcome outcome) {
    return McpSchema.CallToolResult.builder()
        .addTextContent(AgentText.of(outcome))
        .structuredContent(Structured.of(outcome))
        .isError(false)
        .build();
  }

  private static McpSchema.CallToolResult error(String text) {
    return McpSchema.CallToolResult.builder().addTextContent(text).isError(true).build();
  }
}
