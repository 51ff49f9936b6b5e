package hostperf.server;

import hostperf.agent.Caller;
import hostperf.approval.Approval;
import hostperf.approval.Approver;
import hostperf.approval.Dialog;
import hostperf.report.UntrustedText;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.modern.McpException;
import io.modelcontextprotocol.modern.McpSchema;
import io.modelcontextprotocol.modern.server.InputResponses;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Questions to a person by the revision 2026-07-28: a call that needs a yes ends with
/// `input_required`, and the client calls again with the answer and the state that it was given.
///
/// The state names the approval and is good for one answer. The SDK seals it, and here it counts
/// only as long as this process knows it and for the same call, whatever its seal says.
final class InputRequests {
  private static final String QUESTION = "approval";

  private final McpJsonMapper mapper;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();

  InputRequests(McpJsonMapper mapper) {
    this.mapper = mapper;
  }

  /// A question that a client has taken along.
  private record Asked(
      Approval approval, String tool, Map<String, Object> arguments, Answered answered) {
    boolean isFor(McpSchema.CallToolRequest request) {
      return tool.equals(request.name()) && arguments.equals(given(request));
    }
  }

  /// What the client brings, and what then comes of the call that waits for it.
  ///
  /// @param over whether the question was answered elsewhere or asked again
  private record Answered(
      CompletableFuture<Dialog.Reply> reply,
      CompletableFuture<io.modelcontextprotocol.spec.McpSchema.CallToolResult> result,
      AtomicBoolean over) {}

  McpSchema.CallToolOutcome call(
      McpTools tools, McpSchema.CallToolRequest request, ModernCaller caller) {
    if (request.requestState() == null) {
      return begin(tools, request, caller);
    }
    var before =
        Optional.ofNullable(asked.remove(request.requestState()))
            .filter(a -> a.isFor(request) && !a.answered().over().get())
            .orElseThrow(
                () ->
                    McpException.invalidParams(
                        "This `requestState` was used before, belongs to another call, was replaced"
                            + " by a later question, or another server process gave it. Make the"
                            + " call again without it."));
    before.answered().reply().complete(reply(request));
    // It waits no longer than a call may; then the answer is stored, and the same call finds it.
    var result = before.answered().result().join();
    return isPending(result) ? begin(tools, request, caller) : converted(result);
  }

  private McpSchema.CallToolOutcome begin(
      McpTools tools, McpSchema.CallToolRequest request, ModernCaller caller) {
    var result = new CompletableFuture<io.modelcontextprotocol.spec.McpSchema.CallToolResult>();
    var question = new CompletableFuture<Asked>();
    var asking = new Asking(caller, request, result, question);
    Thread.ofVirtual()
        .name("call " + request.name())
        .start(
            () -> {
              try {
                result.complete(tools.call(request.name(), request.arguments(), asking));
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    CompletableFuture.anyOf(result, question).join();
    return question.isDone() && !result.isDone()
        ? input(question.join())
        : converted(result.join());
  }

  private McpSchema.CallToolOutcome input(Asked question) {
    var state = question.approval().id() + " " + UUID.randomUUID();
    var now = question.approval().asked();
    asked.values().removeIf(a -> a.answered().over().get() || a.approval().expires().isBefore(now));
    asked.put(state, question);
    var form =
        McpSchema.ElicitFormRequest.builder(
                UntrustedText.exact(question.approval().text()), ApprovalForm.schema())
            .build();
    return McpSchema.InputRequiredResult.builder()
        .elicit(QUESTION, form)
        .requestState(state)
        .build();
  }

  private Dialog.Reply reply(McpSchema.CallToolRequest request) {
    var responses = request.inputResponses();
    var given = responses == null ? null : responses.get(QUESTION);
    try {
      return ApprovalForm.reply(
          mapper.convertValue(
              InputResponses.get(responses, QUESTION, McpSchema.ElicitResult.class, mapper),
              io.modelcontextprotocol.spec.McpSchema.ElicitResult.class));
    } catch (RuntimeException _) {
      return ApprovalForm.unknown(given);
    }
  }

  private static boolean isPending(io.modelcontextprotocol.spec.McpSchema.CallToolResult result) {
    return result.structuredContent() instanceof Map<?, ?> fields
        && fields.containsKey("approval_id")
        && "pending".equals(fields.get("state"));
  }

  private McpSchema.CallToolResult converted(
      io.modelcontextprotocol.spec.McpSchema.CallToolResult result) {
    return mapper.convertValue(result, McpSchema.CallToolResult.class);
  }

  private static Map<String, Object> given(McpSchema.CallToolRequest request) {
    return request.arguments() == null ? Map.of() : request.arguments();
  }

  /// The caller of a call that may turn out to need a person.
  private record Asking(
      ModernCaller caller,
      McpSchema.CallToolRequest request,
      CompletableFuture<io.modelcontextprotocol.spec.McpSchema.CallToolResult> result,
      CompletableFuture<Asked> question)
      implements Caller {

    @Override
    public void progress(String message) {
      caller.progress(message);
    }

    @Override
    public void whenCancelled(Runnable end) {
      caller.whenCancelled(end);
    }

    @Override
    public Optional<String> name() {
      return caller.name();
    }

    @Override
    public Approver approver() {
      return caller.takesForms() ? this::open : Approver.NONE;
    }

    private Optional<Dialog> open(Approval approval) {
      var reply = new CompletableFuture<Dialog.Reply>();
      var over = new AtomicBoolean();
      question.complete(
          new Asked(approval, request.name(), given(request), new Answered(reply, result, over)));
      return Optional.of(
          new Dialog() {
            @Override
            public CompletableFuture<Reply> reply() {
              return reply;
            }

            @Override
            public boolean isTakenAlong() {
              return true;
            }

            @Override
            public boolean isLost() {
              return over.get();
            }

            // The client finds out when it comes with its answer.
            @Override
            public void close(String why) {
              over.set(true);
            }
          });
    }
  }
}
