package hostperf.server.wire;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.modern.JsonRpc;
import io.modelcontextprotocol.modern.server.McpRequestManager;
import io.modelcontextprotocol.modern.server.McpTransportResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/// Requests by the revision 2026-07-28: each stands for itself, so there are no sessions. A
/// cancelled one gets no answer; every other one gets exactly one.
public final class ModernCalls {
  private final McpRequestManager server;
  private final Defects defects;
  private final AtomicLong begun = new AtomicLong();
  private final McpJsonMapper mapper = mapper();

  public ModernCalls(McpRequestManager server, Defects defects) {
    this.server = server;
    this.defects = defects;
  }

  /// What messages are converted with. The SDK would look for one in every jar.
  public static McpJsonMapper mapper() {
    return new JacksonMcpJsonMapper(Outlet.JSON);
  }

  /// Answers a request that belongs to no other on this outlet, and returns when it is answered.
  ///
  /// @param call begun here, for whoever ends it early
  void answer(PendingCall call) {
    try {
      var request = call.request();
      var message = new JsonRpc.JSONRPCRequest(request.method(), request.id(), request.params());
      var cancelled = Sinks.<Void>empty();
      call.cancellation().whenCancelled(cancelled::tryEmitEmpty);
      server
          .handleBlocking(call.context(), message)
          .flatMapMany(ModernCalls::messages)
          .takeUntilOther(cancelled.asMono())
          .doOnNext(m -> send(call, m))
          .blockLast();
      if (call.isOpen()) {
        fail(call, JsonRpcError.internal("Internal error: the call gave no answer."));
      }
    } catch (RuntimeException | Error e) {
      fail(call, defects.fault(call.request().method(), e));
    }
  }

  /// Answers a request that comes with its own way back.
  public void answer(Incoming.Request request, Client client, Outlet outlet) {
    answer(new PendingCall(begun.incrementAndGet(), request, client, outlet));
  }

  private static Flux<JsonRpc.JSONRPCMessage> messages(McpTransportResponse response) {
    return switch (response) {
      case McpTransportResponse.Result result -> Flux.just(result.response());
      case McpTransportResponse.Error error -> Flux.just(error.response());
      case McpTransportResponse.Streaming streaming -> streaming.messages();
      default -> throw new IllegalStateException("unknown kind of response");
    };
  }

  private void send(PendingCall call, JsonRpc.JSONRPCMessage message) {
    if (!(message instanceof JsonRpc.JSONRPCResponse response)) {
      call.outlet().line(text(message));
      return;
    }
    var error = response.error();
    if (error != null && JsonRpcError.isInternal(error.code())) {
      // In the words of an exception.
      var defect = new IllegalStateException(error.toString());
      fail(call, defects.fault(call.request().method(), defect));
    } else if (call.isOpen()) {
      call.answered();
      call.outlet().answer(text(message), error == null ? null : error.code());
    }
  }

  private static void fail(PendingCall call, JsonRpcError fault) {
    if (call.isOpen()) {
      call.answered();
      call.outlet().error(call.request().id(), fault);
    }
  }

  private String text(JsonRpc.JSONRPCMessage message) {
    try {
      return mapper.writeValueAsString(message);
    } catch (IOException e) {
      throw new IllegalStateException("an answer that is not JSON", e);
    }
  }
}
