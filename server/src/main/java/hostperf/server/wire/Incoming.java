package hostperf.server.wire;

import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/// What a line of the client turned out to be.
public sealed interface Incoming {
  /// Wants an answer.
  ///
  /// @param id text or whole number
  /// @param params as plain maps, lists and values
  record Request(Object id, String method, @Nullable Object params) implements Incoming {
    /// Whether it says itself which revision it speaks, as those since 2026-07-28 do.
    public boolean isModern() {
      return Era.of(params) == Era.MODERN;
    }
  }

  /// Wants none.
  record Notification(String method, @Nullable Object params) implements Incoming {}

  /// Answers a request of the server's.
  record Response(McpSchema.JSONRPCResponse message) implements Incoming {}

  /// No message.
  ///
  /// @param id where one can be read
  record Faulty(@Nullable Object id, JsonRpcError fault) implements Incoming {}

  /// White space only: nobody waits for an answer.
  record Blank() implements Incoming {}
}
