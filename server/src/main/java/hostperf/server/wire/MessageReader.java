package hostperf.server.wire;

import io.modelcontextprotocol.spec.McpSchema;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/// Makes a message of a line, or says what is wrong with it. Never throws.
public final class MessageReader {
  /// As long as a message may be.
  public static final int LONGEST = LineReader.LONGEST;

  private static final ObjectReader LENIENT =
      Outlet.JSON.readerFor(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final ObjectReader STRICT =
      LENIENT.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  private static final int DEEPEST = StreamReadConstraints.defaults().getMaxNestingDepth();

  private MessageReader() {}

  public static Incoming read(byte[] line) {
    if (isBlank(line)) {
      return new Incoming.Blank();
    }
    try {
      return message(STRICT.<@Nullable Object>readValue(line));
    } catch (StreamConstraintsException _) {
      return new Incoming.Faulty(
          MessageId.of(new ByteArrayInputStream(line)).orElse(null),
          JsonRpcError.request(
              "The message goes beyond what is read: at most %d levels of nesting, numbers of"
                      .formatted(DEEPEST)
                  + " 1,000 digits and names of 50,000 characters."));
    } catch (StreamReadException e) {
      int column = e.getLocation().getColumnNr();
      return twice(line, column).orElseGet(() -> notJson(" (column %d)".formatted(column)));
    } catch (JacksonException _) {
      return notJson("");
    }
  }

  /// For JSON whose only fault is a name that stands twice. It gets no id where that is in doubt:
  /// the answer to a question has the id of the question.
  private static Optional<Incoming> twice(byte[] line, int column) {
    try {
      var id =
          LENIENT.<@Nullable Object>readValue(line) instanceof Map<?, ?> message
                  && message.containsKey("method")
              ? message.get("id")
              : null;
      var first = MessageId.of(new ByteArrayInputStream(line)).orElse(null);
      return Optional.of(
          faulty(
              id != null && id.equals(first) ? id : null,
              "A name occurs twice in one object (column %d). Send each name once."
                  .formatted(column)));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Incoming.Faulty notJson(String where) {
    return new Incoming.Faulty(
        null,
        JsonRpcError.parse(
            "The line is not valid JSON%s. Send one JSON-RPC 2.0 message a line, in UTF-8."
                .formatted(where)));
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static Incoming message(@Nullable Object json) {
    if (!(json instanceof Map<?, ?> message)) {
      return faulty(
          null,
          json instanceof List<?>
              ? "A batch is not taken: send each message on a line of its own."
              : "A message is a JSON object; this is none.");
    }
    var id = Optional.ofNullable(message.get("id")).filter(MessageReader::isId).orElse(null);
    if (!"2.0".equals(message.get("jsonrpc"))) {
      return faulty(id, "`jsonrpc` must be \"2.0\".");
    }
    if (message.containsKey("method")) {
      return call(message, id);
    }
    if (id != null && (message.containsKey("result") ^ message.containsKey("error"))) {
      return new Incoming.Response(
          new McpSchema.JSONRPCResponse("2.0", id, message.get("result"), error(message)));
    }
    return faulty(id, "A message needs `method`, or `id` with `result` or `error`.");
  }

  private static Incoming call(Map<?, ?> message, @Nullable Object id) {
    if (!(message.get("method") instanceof String method)) {
      return faulty(id, "`method` must be a text.");
    }
    var params = message.get("params");
    if (!message.containsKey("id")) {
      return new Incoming.Notification(method, params);
    }
    if (id == null) {
      return faulty(null, "`id` must be a text or a whole number.");
    }
    if (id instanceof BigInteger) {
      return faulty(id, "`id` must be a whole number of at most 64 bits, or a text.");
    }
    return new Incoming.Request(id, method, params);
  }

  private static boolean isId(Object id) {
    return id instanceof String
        || id instanceof Integer
        || id instanceof Long
        || id instanceof BigInteger;
  }

  private static Incoming.Faulty faulty(@Nullable Object id, String message) {
    return new Incoming.Faulty(id, JsonRpcError.request(message));
  }

  /// Of a client's error the code and the message are wanted; whatever their form, it is one.
  private static McpSchema.JSONRPCResponse.@Nullable JSONRPCError error(Map<?, ?> message) {
    if (!message.containsKey("error")) {
      return null;
    }
    var error = message.get("error") instanceof Map<?, ?> fields ? fields : Map.of();
    int code = error.get("code") instanceof Number number ? number.intValue() : 0;
    return new McpSchema.JSONRPCResponse.JSONRPCError(
        code, error.get("message") instanceof String text ? text : "no message", null);
  }
}
