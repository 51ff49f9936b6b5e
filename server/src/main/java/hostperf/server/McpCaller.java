package hostperf.server;

import hostperf.agent.Caller;
import hostperf.approval.Approval;
import hostperf.approval.Approver;
import hostperf.approval.Dialog;
import hostperf.report.UntrustedText;
import hostperf.server.wire.Client;
import hostperf.server.wire.PendingCall;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client behind one call, through the SDK's exchange.
final class McpCaller implements Caller {
  private static final Logger LOG = LoggerFactory.getLogger(McpCaller.class);

  private final McpSyncServerExchange exchange;
  private final Optional<PendingCall> call;
  private final Optional<Object> token;
  private final Elicitations elicitations;
  private final AtomicInteger told = new AtomicInteger();

  McpCaller(
      McpSyncServerExchange exchange,
      McpSchema.CallToolRequest request,
      Elicitations elicitations) {
    this.exchange = exchange;
    this.elicitations = elicitations;
    this.call = PendingCall.of(exchange.transportContext());
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
    call.ifPresent(c -> c.cancellation().whenCancelled(end));
  }

  @Override
  public Approver approver() {
    return client().mayAnswer() && showsForms() ? this::open : Approver.NONE;
  }

  @Override
  public Optional<String> name() {
    return client().token();
  }

  private Client client() {
    return call.map(PendingCall::client).orElse(Client.AT_HAND);
  }

  /// A client that names no kind of elicitation has forms.
  private boolean showsForms() {
    var capabilities = exchange.getClientCapabilities();
    var elicitation = capabilities == null ? null : capabilities.elicitation();
    return elicitation != null && (elicitation.form() != null || elicitation.url() == null);
  }

  private Optional<Dialog> open(Approval approval) {
    var form =
        McpSchema.ElicitFormRequest.builder(
                UntrustedText.exact(approval.text()), ApprovalForm.schema())
            .meta(meta(approval))
            .build();
    return Optional.of(
        elicitations.open(exchange, form, () -> call.filter(PendingCall::isUnheard).isPresent()));
  }

  /// Lets a client that runs beside the checkout find the question's file.
  private static Map<String, Object> meta(Approval approval) {
    var meta = new LinkedHashMap<String, Object>();
    meta.put("hostperf/approval_id", approval.id());
    approval.runId().ifPresent(run -> meta.put("hostperf/run_id", run));
    return meta;
  }
}
