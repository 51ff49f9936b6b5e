package hostperf.server.wire;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// What one client says by the revisions up to 2025-11-25, between its `initialize` and its end.
/// Requests that the SDK's session cannot read are answered here; the others have a thread each,
/// so that one that waits holds up no other. A cancelled request gets no answer, as the protocol
/// wants; every other one gets exactly one.
public final class LegacySession {
  private static final Logger LOG = LoggerFactory.getLogger(LegacySession.class);

  /// The call that the running thread answers.
  private static final ScopedValue<PendingCall> CURRENT = ScopedValue.newInstance();

  private final LegacySessions sessions;
  private final Client client;
  private final Outlet standing;
  private final PendingCalls calls;
  private final Executor threads;

  /// Of its `initialize`, once that is answered.
  private @Nullable Introduction greeted;

  /// The SDK's, once a call has needed it.
  private @Nullable McpServerSession session;

  /// @param standing for what belongs to no call
  /// @param threads what a call is answered on
  LegacySession(
      LegacySessions sessions,
      Client client,
      Outlet standing,
      PendingCalls calls,
      Executor threads) {
    this.sessions = sessions;
    this.client = client;
    this.standing = standing;
    this.calls = calls;
    this.threads = threads;
  }

  /// Whether something is under way.
  public boolean hasCalls() {
    return !calls.isEmpty();
  }

  /// Answers on this outlet.
  public void request(Incoming.Request request, Outlet outlet) {
    var fault = sessions.params().fault(request);
    if (fault.isPresent()) {
      outlet.error(request.id(), fault.get());
    } else if (request.method().equals("ping")) {
      outlet.result(request.id(), Map.of());
    } else if (request.method().equals("initialize")) {
      greet(request, outlet);
    } else if (isGreeted()) {
      calls.begin(request, client, outlet).ifPresent(call -> threads.execute(() -> answer(call)));
    } else {
      outlet.error(request.id(), JsonRpcError.request("Send `initialize` first."));
    }
  }

  /// In order with what follows, hence on the thread that reads.
  private synchronized void greet(Incoming.Request request, Outlet outlet) {
    if (greeted != null) {
      outlet.error(
          request.id(),
          JsonRpcError.request("This session is initialized; another client begins its own."));
    } else {
      var said = Introduction.of(request);
      outlet.result(
          request.id(), sessions.greeting().answer(said.revision(), sessions.protocolVersions()));
      greeted = said;
    }
  }

  private synchronized boolean isGreeted() {
    return greeted != null;
  }

  /// The SDK holds calls back until the client has said that it is ready. One that calls without
  /// having said so is.
  private synchronized McpServerSession session() {
    var made = session;
    if (made == null) {
      var said = Objects.requireNonNull(greeted, "not greeted");
      made = sessions.session(new Link());
      made.init(said.capabilities(), said.client());
      made.handle(new McpSchema.JSONRPCNotification("notifications/initialized", null)).block();
      session = made;
    }
    return made;
  }

  public void notification(Incoming.Notification notification) {
    if (notification.method().equals("notifications/cancelled")) {
      cancel(notification.params());
    } else {
      LOG.debug("nothing is done about a notification");
    }
  }

  private void cancel(@Nullable Object params) {
    if (params instanceof Map<?, ?> map && map.get("requestId") != null) {
      calls.cancel(map.get("requestId"));
    }
  }

  /// The client's answer to a request of the server's.
  public void response(Incoming.Response response) {
    made().ifPresent(made -> made.handle(response.message()).block());
  }

  private synchronized Optional<McpServerSession> made() {
    return Optional.ofNullable(session);
  }

  private void answer(PendingCall call) {
    try {
      var request = call.request();
      var message = new McpSchema.JSONRPCRequest(request.method(), call.number(), named(request));
      var handled =
          session()
              .handle(message)
              .contextWrite(w -> w.put(McpTransportContext.KEY, call.context()));
      ScopedValue.where(CURRENT, call).run(handled::block);
      if (call.isOpen()) {
        send(call, JsonRpcError.internal("Internal error: the call gave no answer."));
      }
    } catch (RuntimeException | Error e) {
      send(call, sessions.defects().fault(call.request().method(), e));
    } finally {
      calls.end(call);
    }
  }

  /// Arguments that are no object would be refused by the SDK in the words of its innards; as an
  /// argument of that name the tool refuses them in its own.
  private static @Nullable Object named(Incoming.Request request) {
    if (request.method().equals("tools/call")
        && request.params() instanceof Map<?, ?> params
        && params.get("arguments") != null
        && !(params.get("arguments") instanceof Map<?, ?>)) {
      var named = new LinkedHashMap<Object, Object>(params);
      named.put("arguments", Map.of("arguments", params.get("arguments")));
      return named;
    }
    return request.params();
  }

  private void send(PendingCall call, JsonRpcError fault) {
    if (call.isOpen()) {
      call.answered();
      call.outlet().error(call.request().id(), fault);
    }
  }

  /// What the SDK's session sends with.
  private final class Link implements McpServerTransport {
    private final McpJsonMapper mapper = LegacySessions.mapper();

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
      return Mono.fromRunnable(
          () -> {
            if (message instanceof McpSchema.JSONRPCResponse response) {
              respond(response);
            } else {
              way(message).line(text(message));
            }
          });
    }

    /// Where the client expects it: with the call that it belongs to.
    private Outlet way(McpSchema.JSONRPCMessage message) {
      if (message instanceof McpSchema.JSONRPCNotification notification
          && notification.params() instanceof McpSchema.ProgressNotification progress) {
        return calls.marked(progress.progressToken()).map(PendingCall::outlet).orElse(standing);
      }
      return CURRENT.isBound() ? CURRENT.get().outlet() : standing;
    }

    private void respond(McpSchema.JSONRPCResponse response) {
      if (response.id() instanceof Long number) {
        calls
            .numbered(number)
            .filter(PendingCall::isOpen)
            .ifPresent(call -> respond(call, response));
      }
    }

    private void respond(PendingCall call, McpSchema.JSONRPCResponse response) {
      var error = response.error();
      if (error == null) {
        call.answered();
        var own = McpSchema.JSONRPCResponse.result(call.request().id(), response.result());
        call.outlet().answer(text(own), null);
      } else if (JsonRpcError.isInternal(error.code())) {
        // In the words of an exception.
        var defect = new IllegalStateException(error.toString());
        send(call, sessions.defects().fault(call.request().method(), defect));
      } else {
        send(call, new JsonRpcError(error.code(), error.message()));
      }
    }

    private String text(McpSchema.JSONRPCMessage message) {
      try {
        return mapper.writeValueAsString(message);
      } catch (IOException e) {
        throw new IllegalStateException("an answer that is not JSON", e);
      }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      return mapper.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }
  }
}
