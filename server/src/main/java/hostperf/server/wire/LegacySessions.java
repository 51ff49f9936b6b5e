package hostperf.server.wire;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Makes the sessions of one server of the SDK, whatever their messages travel on. It stands in
/// place of the SDK's own transports: that on streams goes mute after some bursts of calls and
/// stops reading at the first line that is no message, and none of them acts on a cancellation.
public final class LegacySessions implements McpServerTransportProvider {
  /// What params are converted with.
  public static final McpJsonMapper MAPPER = new ParamsMapper(McpJsonDefaults.getMapper());

  private final Params params;
  private final Defects defects;
  private McpServerSession.@Nullable Factory factory;

  public LegacySessions(Params params, Defects defects) {
    this.params = params;
    this.defects = defects;
  }

  /// @param standing for what belongs to no call
  /// @param threads what a call is answered on
  LegacySession open(Client client, Outlet standing, PendingCalls calls, Executor threads) {
    var common =
        new LegacySession.Common(Objects.requireNonNull(factory, "no server yet"), params, defects);
    return new LegacySession(common, client, standing, calls, threads);
  }

  /// A session whose messages come one by one, each with its own way back.
  public LegacySession open(Client client, Outlet standing) {
    return open(client, standing, new PendingCalls(), Runnable::run);
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
