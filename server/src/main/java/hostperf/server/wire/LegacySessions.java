package hostperf.server.wire;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Makes the sessions of one server of the SDK, whatever their messages travel on. It stands in
/// place of the SDK's own transports: that on streams goes mute after some bursts of calls and
/// stops reading at the first line that is no message, and none of them acts on a cancellation.
///
/// The SDK's server is built when a session first needs it: building it takes as long as all the
/// rest of a start, and `initialize` is answered without it.
public final class LegacySessions implements McpServerTransportProvider {
  private final Greeting greeting;
  private final Params params;
  private final Defects defects;
  private final Consumer<McpServerTransportProvider> build;
  private McpServerSession.@Nullable Factory factory;

  /// @param build builds the SDK's server on this
  public LegacySessions(
      Greeting greeting,
      Params params,
      Defects defects,
      Consumer<McpServerTransportProvider> build) {
    this.greeting = greeting;
    this.params = params;
    this.defects = defects;
    this.build = build;
  }

  /// What messages are converted with. The SDK would look for one in every jar.
  public static McpJsonMapper mapper() {
    return new ParamsMapper(ModernCalls.mapper());
  }

  Greeting greeting() {
    return greeting;
  }

  Params params() {
    return params;
  }

  Defects defects() {
    return defects;
  }

  /// @param standing for what belongs to no call
  /// @param threads what a call is answered on
  LegacySession open(Client client, Outlet standing, PendingCalls calls, Executor threads) {
    return new LegacySession(this, client, standing, calls, threads);
  }

  /// A session whose messages come one by one, each with its own way back.
  public LegacySession open(Client client, Outlet standing) {
    return open(client, standing, new PendingCalls(), Runnable::run);
  }

  /// One of the SDK's.
  synchronized McpServerSession session(McpServerTransport transport) {
    if (factory == null) {
      build.accept(this);
    }
    return Objects.requireNonNull(factory, "no server was built").create(transport);
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory made) {
    factory = made;
  }

  /// Nothing that is offered changes while a server runs.
  @Override
  public Mono<Void> notifyClients(String method, Object parameters) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }
}
