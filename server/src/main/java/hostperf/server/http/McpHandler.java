package hostperf.server.http;

import hostperf.server.wire.Client;
import hostperf.server.wire.Defects;
import hostperf.server.wire.Incoming;
import hostperf.server.wire.JsonRpcError;
import hostperf.server.wire.LegacySession;
import hostperf.server.wire.MessageReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers the requests to `/mcp`: one message each. By the revisions up to 2025-11-25 it belongs
/// to the session whose id it carries; by 2026-07-28 it stands for itself.
public final class McpHandler extends Handler.Abstract {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String JSON = "application/json";
  private static final String STREAM = "text/event-stream";
  private static final Set<String> LEGACY_VERSIONS =
      Set.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+)");

  private final Doorkeeper door;
  private final TokenGuard tokens;
  private final Defects defects;
  private final Map<String, Roles> sites = new LinkedHashMap<>();

  /// What each role is offered of a checkout.
  private record Roles(Endpoint full, Endpoint looking) {
    Endpoint of(Token token) {
      return token.mayRun() ? full : looking;
    }
  }

  public McpHandler(Doorkeeper door, TokenGuard tokens, List<Site> sites, Defects defects) {
    this.door = door;
    this.tokens = tokens;
    this.defects = defects;
    sites.forEach(
        s ->
            this.sites.put(s.path(), new Roles(new Endpoint(s.full()), new Endpoint(s.looking()))));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!Request.getPathInContext(request).matches("/mcp(/.*)?")) {
      return false;
    }
    var reply = new Reply(request, response);
    try {
      handle(request, reply);
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    } catch (RuntimeException | Error e) {
      var fault = defects.fault(request.getMethod() + " " + Request.getPathInContext(request), e);
      if (response.isCommitted()) {
        callback.failed(e);
      } else {
        reply.fault(500, null, fault);
        callback.succeeded();
      }
    }
    return true;
  }

  private void handle(Request request, Reply reply) throws IOException {
    var objection = door.objection(request);
    if (objection.isPresent()) {
      reply.fault(403, null, JsonRpcError.request(objection.get()));
      return;
    }
    var roles = sites.get(Request.getPathInContext(request));
    if (roles == null) {
      reply.fault(404, null, JsonRpcError.request("There is nothing here; MCP is at /mcp."));
      return;
    }
    switch (look(request)) {
      case TokenGuard.Looked.Right(Token token) -> letIn(request, reply, roles, token);
      case TokenGuard.Looked.Wrong _ -> {
        reply.header(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"hostperf\"");
        reply.fault(
            401,
            null,
            JsonRpcError.request(
                "A token is needed in the header `Authorization: Bearer …`; `hostperf token add"
                    + " NAME` makes one."));
      }
      case TokenGuard.Looked.TooMany _ -> {
        reply.header(HttpHeader.RETRY_AFTER, "60");
        reply.fault(
            429,
            null,
            JsonRpcError.request(
                "Too many wrong tokens came within a minute; try again after one."));
      }
    }
  }

  private static void letIn(Request request, Reply reply, Roles roles, Token token)
      throws IOException {
    var client = new Client(Optional.of(token.name()));
    var endpoint = roles.of(token);
    switch (HttpMethod.fromString(request.getMethod())) {
      case POST -> post(request, reply, endpoint, client);
      case DELETE -> delete(request, reply, endpoint, client);
      case null, default -> {
        reply.header(HttpHeader.ALLOW, "POST, DELETE");
        reply.fault(405, null, JsonRpcError.request("Send one message per POST request."));
      }
    }
  }

  /// The token in the header; nothing else of a request is looked at for one.
  private TokenGuard.Looked look(Request request) {
    var given = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    var matcher = BEARER.matcher(given.size() == 1 ? given.getFirst() : "");
    return matcher.matches() ? tokens.at(matcher.group(1)) : new TokenGuard.Looked.Wrong();
  }

  private static void delete(Request request, Reply reply, Endpoint endpoint, Client client) {
    var id = Optional.ofNullable(request.getHeaders().get(SESSION));
    reply.status(id.filter(i -> endpoint.sessions().end(i, client)).isPresent() ? 200 : 404);
  }

  private static void post(Request request, Reply reply, Endpoint endpoint, Client client)
      throws IOException {
    var type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    if (type.filter(t -> t.split(";", 2)[0].strip().equalsIgnoreCase(JSON)).isEmpty()) {
      reply.fault(415, null, JsonRpcError.request("The content type must be application/json."));
      return;
    }
    byte[] body;
    try (var in = Content.Source.asInputStream(request)) {
      body = in.readNBytes(MessageReader.LONGEST + 1);
    }
    if (body.length > MessageReader.LONGEST) {
      reply.fault(413, null, JsonRpcError.tooLong());
      return;
    }
    switch (MessageReader.read(body)) {
      case Incoming.Faulty faulty -> reply.fault(400, faulty.id(), faulty.fault());
      case Incoming.Blank _ -> reply.fault(400, null, JsonRpcError.request("The body is empty."));
      case Incoming.Request message when isModern(request, message) ->
          modern(request, reply, message, endpoint, client);
      case Incoming.Request message -> legacy(request, reply, message, endpoint, client);
      case Incoming.Notification message ->
          session(request, reply, endpoint, client)
              .ifPresent(
                  session -> {
                    session.notification(message);
                    reply.status(202);
                  });
      case Incoming.Response message ->
          session(request, reply, endpoint, client)
              .ifPresent(
                  session -> {
                    session.response(message);
                    reply.status(202);
                  });
    }
  }

  private static boolean isModern(Request request, Incoming.Request message) {
    var version = request.getHeaders().get(HeaderRules.VERSION);
    return message.isModern() || (version != null && version.strip().equals(HeaderRules.MODERN));
  }

  private static void modern(
      Request request, Reply reply, Incoming.Request message, Endpoint endpoint, Client client) {
    var objection = HeaderRules.objection(request.getHeaders(), message);
    if (objection.isPresent()) {
      reply.fault(400, message.id(), JsonRpcError.headers(objection.get()));
      return;
    }
    try (var way = reply.way(accepts(request, STREAM), McpHandler::modernStatus)) {
      endpoint.backend().modern().answer(message, client, way.outlet());
    }
  }

  private static int modernStatus(@Nullable Integer errorCode) {
    return switch (errorCode) {
      case null -> 200;
      case -32601 -> 404;
      case -32603 -> 500;
      default -> 400;
    };
  }

  private static void legacy(
      Request request, Reply reply, Incoming.Request message, Endpoint endpoint, Client client) {
    if (message.method().equals("initialize")) {
      greet(request, reply, message, endpoint, client);
      return;
    }
    session(request, reply, endpoint, client)
        .ifPresent(session -> answer(request, reply, message, session));
  }

  private static void greet(
      Request request, Reply reply, Incoming.Request message, Endpoint endpoint, Client client) {
    var session = endpoint.backend().legacy().open(client, Reply.NOWHERE);
    reply.header(SESSION, endpoint.sessions().keep(session, client));
    answer(request, reply, message, session);
  }

  private static void answer(
      Request request, Reply reply, Incoming.Request message, LegacySession session) {
    try (var way = reply.way(accepts(request, STREAM), _ -> 200)) {
      session.request(message, way.outlet());
    }
  }

  /// Refuses what belongs to none.
  private static Optional<LegacySession> session(
      Request request, Reply reply, Endpoint endpoint, Client client) {
    var version = request.getHeaders().get(HeaderRules.VERSION);
    if (version != null && !LEGACY_VERSIONS.contains(version.strip())) {
      reply.fault(
          400,
          null,
          JsonRpcError.request("There is no revision '%s' here.".formatted(shown(version))));
      return Optional.empty();
    }
    var id = request.getHeaders().get(SESSION);
    if (id == null) {
      reply.fault(
          400,
          null,
          JsonRpcError.request(
              "The header %s is missing; `initialize` gives it.".formatted(SESSION)));
      return Optional.empty();
    }
    var session = endpoint.sessions().of(id, client);
    if (session.isEmpty()) {
      reply.fault(
          404, null, JsonRpcError.request("This session is over; begin with `initialize`."));
    }
    return session;
  }

  private static String shown(String version) {
    var plain = version.replaceAll("[^0-9A-Za-z.-]", "?");
    return plain.length() > 20 ? plain.substring(0, 20) : plain;
  }

  private static boolean accepts(Request request, String type) {
    return request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
        .anyMatch(a -> a.contains(type) || a.contains("*/*"));
  }
}
