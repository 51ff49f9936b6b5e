package hostperf.server;

import hostperf.agent.Caller;
import hostperf.approval.Approver;
import hostperf.server.wire.Client;
import hostperf.server.wire.PendingCall;
import io.modelcontextprotocol.modern.server.McpRequestContext;
import io.modelcontextprotocol.modern.server.McpSyncNotifier;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client behind one request of the revision 2026-07-28. It cannot be asked while the request
/// is under way; `InputRequests` ends the request with the question instead.
final class ModernCaller implements Caller {
  private static final Logger LOG = LoggerFactory.getLogger(ModernCaller.class);

  private final McpRequestContext context;
  private final Optional<McpSyncNotifier> notifier;
  private final Optional<PendingCall> call;
  private final AtomicInteger told = new AtomicInteger();

  ModernCaller(McpRequestContext context) {
    this(context, Optional.empty());
  }

  ModernCaller(McpRequestContext context, McpSyncNotifier notifier) {
    this(context, Optional.of(notifier));
  }

  private ModernCaller(McpRequestContext context, Optional<McpSyncNotifier> notifier) {
    this.context = context;
    this.notifier = notifier;
    this.call = PendingCall.of(context.transportContext());
  }

  @Override
  public void progress(String message) {
    try {
      notifier.ifPresent(n -> n.progress(told.incrementAndGet(), null, message));
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
    return Approver.NONE;
  }

  @Override
  public Optional<String> name() {
    return call.map(PendingCall::client).flatMap(Client::token);
  }

  /// Whether this request says that its client shows forms, to a person who may answer.
  boolean takesForms() {
    return call.map(PendingCall::client).filter(Client::mayAnswer).isPresent()
        && context.clientCapabilities().supportsElicitationForm();
  }
}
