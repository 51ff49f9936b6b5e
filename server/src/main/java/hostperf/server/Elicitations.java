package hostperf.server;

import hostperf.approval.Dialog;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// The elicitations that are open at the client. The SDK keeps the ids of its requests to itself;
/// here they are read on their way out, so that a question can be taken back with
/// `notifications/cancelled`.
final class Elicitations implements McpServerTransportProvider {
  private static final Logger LOG = LoggerFactory.getLogger(Elicitations.class);

  private final McpServerTransportProvider under;
  private final Map<ElicitFormRequest, Sent> sent =
      Collections.synchronizedMap(new IdentityHashMap<>());

  Elicitations(McpServerTransportProvider under) {
    this.under = under;
  }

  /// A request on its way, and where it went.
  private record Sent(McpServerTransport transport, Object requestId) {}

  /// The client's result has not the form of an elicitation's.
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Object sent;

    Malformed(Object sent, RuntimeException cause) {
      super(cause);
      this.sent = sent;
    }
  }

  /// Asks, for as long as the person needs. Where the SDK was given no limit of its own, only the
  /// answer or `close` ends it.
  ///
  /// @param isLost whether the client has gone
  Dialog open(McpSyncServerExchange exchange, ElicitFormRequest form, BooleanSupplier isLost) {
    var reply = new CompletableFuture<Dialog.Reply>();
    var waiting =
        Thread.ofVirtual()
            .name("elicitation")
            .start(
                () -> {
                  try {
                    reply.complete(asked(exchange, form));
                  } finally {
                    sent.remove(form);
                  }
                });
    return new Dialog() {
      @Override
      public CompletableFuture<Reply> reply() {
        return reply;
      }

      @Override
      public boolean isLost() {
        return isLost.getAsBoolean();
      }

      @Override
      public void close(String why) {
        Optional.ofNullable(sent.get(form)).ifPresent(s -> takeBack(s, why));
        waiting.interrupt();
      }
    };
  }

  private static Dialog.Reply asked(McpSyncServerExchange exchange, ElicitFormRequest form) {
    try {
      return ApprovalForm.reply(exchange.createElicitation(form));
    } catch (Malformed e) {
      return ApprovalForm.unknown(e.sent);
    } catch (RuntimeException e) {
      // Interrupted is what `close` does.
      if (!Thread.currentThread().isInterrupted()) {
        LOG.info("the client could not show the question: {}", e.getMessage());
      }
      var why = e instanceof McpError ? String.valueOf(e.getMessage()) : "the connection failed";
      return ApprovalForm.unavailable(why);
    }
  }

  private static void takeBack(Sent request, String why) {
    var parameters = Map.of("requestId", request.requestId(), "reason", why);
    request
        .transport()
        .sendMessage(new McpSchema.JSONRPCNotification("notifications/cancelled", parameters))
        .subscribe(_ -> {}, e -> LOG.debug("a question could not be taken back", e));
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    under.setSessionFactory(transport -> factory.create(new Noting(transport)));
  }

  @Override
  public Mono<Void> notifyClients(String method, Object parameters) {
    return under.notifyClients(method, parameters);
  }

  @Override
  public Mono<Void> notifyClient(String sessionId, String method, Object parameters) {
    return under.notifyClient(sessionId, method, parameters);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return under.closeGracefully();
  }

  @Override
  public void close() {
    under.close();
  }

  @Override
  public List<String> protocolVersions() {
    return under.protocolVersions();
  }

  /// The transport of one client.
  private final class Noting implements McpServerTransport {
    private final McpServerTransport transport;

    Noting(McpServerTransport transport) {
      this.transport = transport;
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
      if (message instanceof McpSchema.JSONRPCRequest request
          && request.params() instanceof ElicitFormRequest form) {
        sent.put(form, new Sent(transport, request.id()));
      }
      return transport.sendMessage(message);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      try {
        return transport.unmarshalFrom(data, type);
      } catch (RuntimeException e) {
        throw type.getType().equals(McpSchema.ElicitResult.class) ? new Malformed(data, e) : e;
      }
    }

    @Override
    public Mono<Void> closeGracefully() {
      return transport.closeGracefully();
    }

    @Override
    public void close() {
      transport.close();
    }

    @Override
    public List<String> protocolVersions() {
      return transport.protocolVersions();
    }
  }
}
