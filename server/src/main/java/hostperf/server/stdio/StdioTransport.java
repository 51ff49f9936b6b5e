package hostperf.server.stdio;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// MCP on a pair of streams, in place of the SDK's own, which goes mute after some bursts of calls
/// and stops reading at the first line that is no message.
///
/// Lines are read one after the other by one thread; each request then has a virtual thread of its
/// own, so that one that waits holds up no other. What needs no tool (`ping`, faults) is answered
/// by the reading thread. A cancelled request gets no answer, as the protocol wants; every other
/// one gets exactly one.
public final class StdioTransport implements McpServerTransportProvider {
  private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);
  private static final String INITIALIZED = "notifications/initialized";

  /// No client has as many calls open; each costs memory.
  private static final int MOST_CALLS = 4_096;

  private final Lines lines;
  private final Outlet outlet;
  private final Params params;
  private final Supplier<String> newErrorId;
  private final McpJsonMapper mapper = new ParamsMapper(McpJsonDefaults.getMapper());
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Map<Long, Call> calls = new ConcurrentHashMap<>();
  private @Nullable McpServerSession session;

  /// The reading thread's own.
  private Stage stage = Stage.NEW;

  private long begun;

  private enum Stage {
    NEW,
    /// `initialize` has been answered.
    GREETED,
    READY
  }

  /// @param tools names of the tools that are offered
  /// @param prompts names of the prompts
  /// @param newErrorId names a defect, in the answer and in the log
  public StdioTransport(
      InputStream in,
      OutputStream out,
      Set<String> tools,
      Set<String> prompts,
      Supplier<String> newErrorId) {
    this.lines = new Lines(in);
    this.outlet = new Outlet(out, gone::countDown);
    this.params = new Params(tools, prompts);
    this.newErrorId = newErrorId;
  }

  /// What params are to be converted with.
  public McpJsonMapper mapper() {
    return mapper;
  }

  /// Begins to read, and waits until the client has closed one of its ends.
  public void awaitEnd() {
    var _ = Thread.ofPlatform().daemon().name("client").start(this::read);
    try {
      gone.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until what has come is answered, where somebody still reads.
  public void awaitAnswers(Duration limit) {
    try {
      for (long left = limit.toMillis(); left > 0 && !calls.isEmpty(); left -= 10) {
        if (outlet.isBroken()) {
          return;
        }
        Thread.sleep(10);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        accept(line.get());
      }
    } catch (IOException e) {
      LOG.debug("the client's end broke", e);
    } finally {
      gone.countDown();
    }
  }

  /// Whatever a line does, the next is read.
  private void accept(Lines.Line line) {
    try {
      switch (line) {
        case Lines.Line.Whole whole -> accept(MessageReader.read(whole.bytes()));
        case Lines.Line.TooLong cut ->
            outlet.error(
                cut.id(),
                Fault.request(
                    "The message has more than %d MB; larger things are named by their file."
                        .formatted(Lines.LONGEST >> 20)));
      }
    } catch (RuntimeException | Error e) {
      outlet.error(null, defect("a line", e));
    }
  }

  private void accept(Incoming message) {
    switch (message) {
      case Incoming.Request request -> request(request);
      case Incoming.Notification notification -> notification(notification);
      case Incoming.Response response -> hand(response.message(), new Cancellation());
      case Incoming.Faulty faulty -> outlet.error(faulty.id(), faulty.fault());
      case Incoming.Blank _ -> {}
    }
  }

  private void request(Incoming.Request request) {
    var fault = params.fault(request);
    if (fault.isPresent()) {
      outlet.error(request.id(), fault.get());
    } else if (request.method().equals("ping")) {
      outlet.result(request.id(), Map.of());
    } else if (request.method().equals("initialize")) {
      greet(request);
    } else if (stage == Stage.NEW) {
      outlet.error(request.id(), Fault.request("Send `initialize` first."));
    } else if (calls.size() >= MOST_CALLS) {
      outlet.error(
          request.id(),
          Fault.request("%d calls are open; wait for some of them.".formatted(MOST_CALLS)));
    } else {
      ready();
      var call = begun(request);
      var _ = Thread.ofVirtual().name("call " + request.id()).start(() -> answer(call));
    }
  }

  private Call begun(Incoming.Request request) {
    var call = new Call(++begun, request);
    calls.put(call.number(), call);
    return call;
  }

  /// In order with what follows, hence here.
  private void greet(Incoming.Request request) {
    if (stage != Stage.NEW) {
      outlet.error(
          request.id(),
          Fault.request("This session is initialized; another client starts a server of its own."));
      return;
    }
    var call = begun(request);
    answer(call);
    if (call.hasResult()) {
      stage = Stage.GREETED;
    }
  }

  /// The SDK holds calls back until the client has said that it is ready. One that calls without
  /// having said so is.
  private void ready() {
    if (stage == Stage.GREETED) {
      stage = Stage.READY;
      hand(new McpSchema.JSONRPCNotification(INITIALIZED, null), new Cancellation());
    }
  }

  private void notification(Incoming.Notification notification) {
    switch (notification.method()) {
      case INITIALIZED -> ready();
      case "notifications/cancelled" -> cancel(notification.params());
      default -> LOG.debug("nothing is done about a notification");
    }
  }

  private void cancel(@Nullable Object params) {
    if (params instanceof Map<?, ?> map && map.get("requestId") != null) {
      calls.values().stream()
          .filter(c -> c.request().id().equals(map.get("requestId")))
          .filter(c -> !c.request().method().equals("initialize"))
          .forEach(c -> c.cancellation().cancel());
    }
  }

  private void answer(Call call) {
    try {
      var request = call.request();
      hand(
          new McpSchema.JSONRPCRequest(request.method(), call.number(), named(request)),
          call.cancellation());
      if (call.isOpen()) {
        send(call, Fault.internal("Internal error: the call gave no answer."));
      }
    } catch (RuntimeException | Error e) {
      send(call, defect(call.request().method(), e));
    } finally {
      calls.remove(call.number());
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

  private void hand(McpSchema.JSONRPCMessage message, Cancellation cancellation) {
    var context = McpTransportContext.create(Map.of(Cancellation.KEY, cancellation));
    Objects.requireNonNull(session, "no session yet")
        .handle(message)
        .contextWrite(c -> c.put(McpTransportContext.KEY, context))
        .block();
  }

  private void send(Call call, Fault fault) {
    if (call.isOpen()) {
      call.answered(true);
      outlet.error(call.request().id(), fault);
    }
  }

  private Fault defect(String where, Throwable defect) {
    var id = newErrorId.get();
    LOG.error("{} in {}", id, where, defect);
    return Fault.internal("Internal error %s; the server's log says more.".formatted(id));
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    session = factory.create(new Link());
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    return Objects.requireNonNull(session, "no session yet").sendNotification(method, params);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  /// What the session sends with.
  private final class Link implements McpServerTransport {
    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
      return Mono.fromRunnable(
          () -> {
            if (message instanceof McpSchema.JSONRPCResponse response) {
              respond(response);
            } else {
              outlet.line(text(message));
            }
          });
    }

    private void respond(McpSchema.JSONRPCResponse response) {
      if (response.id() instanceof Long number) {
        Optional.ofNullable(calls.get(number))
            .filter(Call::isOpen)
            .ifPresent(call -> respond(call, response));
      }
    }

    private void respond(Call call, McpSchema.JSONRPCResponse response) {
      var error = response.error();
      if (error == null) {
        call.answered(false);
        outlet.line(text(McpSchema.JSONRPCResponse.result(call.request().id(), response.result())));
      } else if (Fault.isInternal(error.code())) {
        // In the words of an exception.
        send(call, defect(call.request().method(), new IllegalStateException(error.toString())));
      } else {
        send(call, new Fault(error.code(), error.message()));
      }
    }

    private String text(McpSchema.JSONRPCMessage message) {
      try {
        return mapper.writeValueAsString(message);
      } catch (IOException e) {
        throw new IllegalStateException("an answer that is no JSON", e);
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
