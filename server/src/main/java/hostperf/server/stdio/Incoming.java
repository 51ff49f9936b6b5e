package hostperf.server.stdio;

import io.modelcontextprotocol.spec.McpSchema;
import org.jspecify.annotations.Nullable;

/// What a line of the client turned out to be.
sealed interface Incoming {
  /// Wants an answer.
  ///
  /// @param id text or whole number
  /// @param params as plain maps, lists and values
  record Request(Object id, String method, @Nullable Object params) implements Incoming {}

  /// Wants none.
  record Notification(String method, @Nullable Object params) implements Incoming {}

  /// Answers a request of the server's.
  record Response(McpSchema.JSONRPCResponse message) implements Incoming {}

  /// No message.
  ///
  /// @param id where one can be read
  record Faulty(@Nullable Object id, Fault fault) implements Incoming {}

  /// White space only: nobody waits for an answer.
  record Blank() implements Incoming {}
}
