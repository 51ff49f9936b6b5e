package hostperf.server.wire;

import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// The id of a message that is too large or too deep to be read as a whole: clients wait for an
/// answer by id, and many write it last.
final class MessageId {
  /// Open brackets cost memory; 200,000 of them about 10 MB.
  private static final int DEEPEST = 200_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private MessageId() {}

  static Optional<Object> of(InputStream message) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isId = parser.currentName().equals("id");
        var value = parser.nextToken();
        if (isId) {
          return id(parser, value);
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Optional<Object> id(JsonParser parser, JsonToken value) {
    return switch (value) {
      case VALUE_STRING -> Optional.of(parser.getString());
      case VALUE_NUMBER_INT -> Optional.of(parser.getNumberValue());
      default -> Optional.empty();
    };
  }
}
