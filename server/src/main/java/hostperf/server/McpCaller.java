package hostperf.server;

import hostperf.agent.Caller;
import hostperf.approval.Approval;
import hostperf.approval.Approver;
import hostperf.report.UntrustedText;
import hostperf.server.stdio.Cancellation;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client behind one call, through the SDK's exchange.
final class McpCaller implements Caller {
  private static final Logger LOG = LoggerFactory.getLogger(McpCaller.class);

  /// Of what a client says of itself.
  private static final int MOST_REASON = 200;

  private final McpSyncServerExchange exchange;
  private final Optional<Object> token;
  private final AtomicInteger told = new AtomicInteger();

  McpCaller(McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
    this.exchange = exchange;
    this.token = Optional.ofNullable(request.meta()).map(m -> m.get("progressToken"));
  }

  @Override
  public void progress(String message) {
    if (token.isEmpty()) {
      return;
    }
    try {
      exchange.progressNotification(
          McpSchema.ProgressNotification.builder(token.get(), told.incrementAndGet())
              .message(message)
              .build());
    } catch (RuntimeException e) {
      // A client that has gone must not end the work.
      LOG.debug("progress not delivered", e);
    }
  }

  @Override
  public void whenCancelled(Runnable end) {
    if (exchange.transportContext().get(Cancellation.KEY) instanceof Cancellation cancellation) {
      cancellation.whenCancelled(end);
    }
  }

  @Override
  public Approver approver() {
    var capabilities = exchange.getClientCapabilities();
    return capabilities != null && capabilities.elicitation() != null ? this::ask : Approver.NONE;
  }

  private Optional<Approver.Reply> ask(Approval approval, Duration limit) {
    var form =
        McpSchema.ElicitFormRequest.builder(shown(approval), form()).meta(meta(approval)).build();
    var asked = CompletableFuture.supplyAsync(() -> exchange.createElicitation(form));
    try {
      return Optional.of(reply(asked.get(limit.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      LOG.info("the client could not show the question: {}", e.getMessage());
      return Optional.of(
          new Approver.Reply(
              Approver.Reply.Kind.UNAVAILABLE, UntrustedText.line(reason(e), MOST_REASON)));
    }
  }

  /// All of it: what the person allows is what they see.
  private static String shown(Approval approval) {
    return UntrustedText.block(approval.shown(), Integer.MAX_VALUE);
  }

  private static String reason(ExecutionException e) {
    return Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("it gave no reason");
  }

  private static Approver.Reply reply(McpSchema.ElicitResult result) {
    var content = result.content() == null ? Map.<String, Object>of() : result.content();
    var reason = String.valueOf(content.getOrDefault("reason", ""));
    if (result.action() == McpSchema.ElicitResult.Action.ACCEPT) {
      var no = "deny".equals(content.get("decision"));
      return new Approver.Reply(no ? Approver.Reply.Kind.NO : Approver.Reply.Kind.YES, reason);
    }
    // A client may decline without having shown anything, so this is no person's "no".
    return new Approver.Reply(Approver.Reply.Kind.SILENT, result.action().name());
  }

  /// Lets a client that runs beside the checkout find the question's file.
  private static Map<String, Object> meta(Approval approval) {
    var meta = new LinkedHashMap<String, Object>();
    meta.put("hostperf/approval_id", approval.id());
    approval.runId().ifPresent(run -> meta.put("hostperf/run_id", run));
    return meta;
  }

  private static Map<String, Object> form() {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(
            "decision",
            Map.of("type", "string", "title", "Decision", "enum", List.of("approve", "deny")),
            "reason",
            Map.of("type", "string", "title", "Reason (optional)")),
        "required",
        List.of("decision"));
  }
}
