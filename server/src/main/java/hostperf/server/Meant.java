package hostperf.server;

import hostperf.StrictJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a model means by an argument: some write numbers, truth values, lists and objects as text.
/// Empty where the value can mean nothing of that kind.
final class Meant {
  private static final JsonMapper JSON =
      StrictJson.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Meant() {}

  static Optional<Integer> whole(@Nullable Object given) {
    return number(given).filter(n -> n == n.intValue()).map(Double::intValue);
  }

  static Optional<Double> number(@Nullable Object given) {
    var value =
        given instanceof String text ? json(text, "-0123456789") : Optional.ofNullable(given);
    return value.filter(Number.class::isInstance).map(n -> ((Number) n).doubleValue());
  }

  static Optional<Boolean> truth(@Nullable Object given) {
    return switch (given) {
      case null -> Optional.empty();
      case Boolean truth -> Optional.of(truth);
      case String text when text.strip().equalsIgnoreCase("true") -> Optional.of(true);
      case String text when text.strip().equalsIgnoreCase("false") -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  static Optional<List<?>> list(@Nullable Object given) {
    var value = given instanceof String text ? json(text, "[") : Optional.ofNullable(given);
    return value.filter(List.class::isInstance).map(l -> (List<?>) l);
  }

  static Optional<Map<?, ?>> object(@Nullable Object given) {
    var value = given instanceof String text ? json(text, "{") : Optional.ofNullable(given);
    return value.filter(Map.class::isInstance).map(m -> (Map<?, ?>) m);
  }

  /// The constant of that name, in any case.
  static Optional<Enum<?>> constant(Class<?> type, @Nullable Object given) {
    return Arrays.stream(type.getEnumConstants())
        .<Enum<?>>map(c -> (Enum<?>) c)
        .filter(c -> given instanceof String text && c.name().equalsIgnoreCase(text.strip()))
        .findFirst();
  }

  /// As it came, so that a text and a number differ.
  static String quoted(@Nullable Object given) {
    var shown = JSON.writeValueAsString(given);
    return shown.length() > 60 ? shown.substring(0, 60) + "…" : shown;
  }

  /// @param first characters that such a value begins with
  private static Optional<Object> json(String text, String first) {
    var stripped = text.strip();
    if (stripped.isEmpty() || first.indexOf(stripped.charAt(0)) < 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readValue(stripped, Object.class));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }
}
