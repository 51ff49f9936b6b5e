package hostperf.trace.read;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// The JSON document around the events of a torch-profiler trace.
///
/// Names of operations are written as they come, so quotes, backslashes and bytes that are no UTF-8
/// break some documents. An event that cannot be read is left out and counted.
final class KinetoDocument {
  /// More of them, and it is no longer a trace with a few odd names.
  private static final int MOST_LOST = 10_000;

  private static final byte[] OPENING = {'['};

  private static final String ENDS = "ends in the middle";

  private final KinetoEvents events;
  private final KinetoEvent event = new KinetoEvent();
  private boolean hasEvents;
  private boolean looksLikeNsys;
  private Optional<Integer> rank = Optional.empty();
  private final List<String> devices = new ArrayList<>();
  private long baseNs;
  private long lost;
  private Optional<JsonPlace> firstLost = Optional.empty();
  private Optional<Cut> cut = Optional.empty();

  /// Where the parser that reads now began.
  private JsonPlace begin = JsonPlace.START;

  /// Where the event that is being read begins, as its parser counts.
  private TokenStreamLocation eventAt = TokenStreamLocation.NA;

  private boolean isAmongEvents;

  KinetoDocument(KinetoEvents events) {
    this.events = events;
  }

  boolean hasEvents() {
    return hasEvents;
  }

  /// Whether the first object is one that nsys writes into its JSON lines.
  boolean looksLikeNsys() {
    return looksLikeNsys;
  }

  Optional<Integer> rank() {
    return rank;
  }

  /// How many events could not be read.
  long lost() {
    return lost;
  }

  /// Where the document stops before its end; empty for a whole one.
  Optional<Cut> cut() {
    return cut;
  }

  /// Where the first event stands that could not be read.
  Optional<JsonPlace> firstLost() {
    return firstLost;
  }

  /// @param how as the rest of a sentence about the file
  record Cut(JsonPlace place, String how) {}

  void read(InputStream stream) throws IOException {
    var salvage = new Salvage(stream);
    long base = 0;
    InputStream input = salvage;
    while (input != null) {
      try (JsonParser json = factory().createParser(ObjectReadContext.empty(), input)) {
        isAmongEvents = false;
        try {
          document(json);
          return;
        } catch (UnexpectedEndOfInputException e) {
          cut = Optional.of(new Cut(begin.plus(json.currentLocation()), ENDS));
          return;
        } catch (JacksonIOException e) {
          cut =
              Optional.of(
                  new Cut(
                      begin.plus(json.currentLocation()),
                      how(Objects.requireNonNull(e.getCause()))));
          return;
        } catch (JacksonException e) {
          base = goOn(e, json, salvage, base);
          input =
              base < 0 ? null : new SequenceInputStream(new ByteArrayInputStream(OPENING), salvage);
        }
      }
    }
  }

  private static String how(IOException cause) throws IOException {
    return switch (cause) {
      case EOFException _ -> "ends in the middle of its compressed data";
      case ZipException _ -> "has damaged compressed data";
      default -> throw cause;
    };
  }

  /// Leaves the malformed event out.
  ///
  /// @return where the file begins for the parser that reads on; negative where nothing follows
  private long goOn(JacksonException e, JsonParser json, Salvage salvage, long base)
      throws IOException {
    if (!isAmongEvents || lost >= MOST_LOST) {
      throw e;
    }
    JsonPlace place =
        begin.plus(e.getLocation() == null ? json.currentLocation() : e.getLocation());
    try {
      long next = salvage.toEventAfter(base + Math.max(0, eventAt.getByteOffset()));
      lost++;
      firstLost = firstLost.or(() -> Optional.of(place));
      begin = begin.plus(eventAt).plus(salvage.lines(), salvage.column()).plus(0, -OPENING.length);
      return next < 0 ? -1 : next - OPENING.length;
    } catch (EOFException | ZipException ended) {
      cut = Optional.of(new Cut(place, ended instanceof EOFException ? ENDS : how(ended)));
      return -1;
    }
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        // Kineto writes Infinity and NaN for some bandwidths.
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
        .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
        .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        .build();
  }

  /// The events stand in `traceEvents`, or are the document itself.
  private void document(JsonParser json) {
    JsonToken first = json.nextToken();
    if (first == JsonToken.START_ARRAY) {
      array(json);
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      looksLikeNsys |= field.equals("Type") || field.equals("CudaEvent");
      if (value == JsonToken.START_ARRAY && field.equals("traceEvents")) {
        array(json);
        isAmongEvents = false;
      } else if (value == JsonToken.START_OBJECT && field.equals("distributedInfo")) {
        distributed(json);
      } else if (value == JsonToken.START_ARRAY && field.equals("deviceProperties")) {
        deviceProperties(json);
      } else if (value == JsonToken.VALUE_NUMBER_INT && field.equals("baseTimeNanoseconds")) {
        baseNs = json.getLongValue();
      } else {
        json.skipChildren();
      }
    }
  }

  private void distributed(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isRank = json.currentName().equals("rank");
      if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && isRank) {
        rank = Optional.of((int) json.getLongValue());
      } else {
        json.skipChildren();
      }
    }
  }

  private void deviceProperties(JsonParser json) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      while (json.currentToken() == JsonToken.START_OBJECT
          && json.nextToken() == JsonToken.PROPERTY_NAME) {
        deviceProperty(json);
      }
    }
  }

  private void deviceProperty(JsonParser json) {
    do {
      boolean isName = json.currentName().equals("name");
      if (json.nextToken() == JsonToken.VALUE_STRING && isName) {
        devices.add(json.getString());
      } else {
        json.skipChildren();
      }
    } while (json.nextToken() == JsonToken.PROPERTY_NAME);
  }

  /// @param first the start of the earliest event
  TraceOrigin origin(long first) {
    return TraceOrigin.of(baseNs + first, devices);
  }

  private void array(JsonParser json) {
    hasEvents = true;
    isAmongEvents = true;
    eventAt = json.currentTokenLocation();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        eventAt = json.currentTokenLocation();
        event.read(json);
        events.add(event);
      } else {
        json.skipChildren();
      }
    }
  }
}
