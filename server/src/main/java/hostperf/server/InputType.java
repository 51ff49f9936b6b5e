package hostperf.server;

import hostperf.Refusal;
import hostperf.agent.Param;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One reading of a tool's input record: as a JSON schema, and as a value made from arguments.
///
/// Components are text, numbers, truth values, enums, typed ids (records of one text, `value`),
/// lists of text or of records, free-form objects (`Map`), or `Optional` of these. A component
/// that is not optional is required; a list of texts may be given as one text, and everything as
/// a model writes it (`Meant`).
///
/// @param <I> the input record
public final class InputType<I extends Record> {
  /// As long as the longest patch; what is longer is no argument but a file.
  private static final int MOST_TEXT = 1 << 20;

  private final Class<I> type;

  public InputType(Class<I> type) {
    this.type = type;
  }

  /// The schema, keys in a stable order.
  public Map<String, Object> schema() {
    return InputSchema.of(type);
  }

  /// The record made of these arguments; wrong, missing and unknown ones are refused by name.
  public I value(String tool, @Nullable Map<String, Object> given) {
    var arguments = given == null ? Map.<String, Object>of() : given;
    rejectUnknown(tool, type, arguments);
    return record(tool, "", type, arguments);
  }

  private static <R> R record(
      String tool, String path, Class<R> type, Map<String, Object> arguments) {
    var components = type.getRecordComponents();
    var values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(tool, path, type, components[i], arguments);
    }
    return construct(type, values);
  }

  private static Object component(
      String tool,
      String path,
      Class<?> owner,
      RecordComponent component,
      Map<String, Object> arguments) {
    var name = name(component);
    var given = arguments.get(name);
    // Models that must fill every field leave one out by an empty text.
    boolean isLeftOut = given == null || "".equals(given) && component.getType() != String.class;
    if (component.getType() == Optional.class) {
      var inner = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
      return isLeftOut
          ? Optional.empty()
          : Optional.of(value(tool, path + name, inner, Objects.requireNonNull(given)));
    }
    if (isLeftOut) {
      var names = names(owner);
      throw new Refusal(
          "`%s` needs the argument `%s`, which is missing; it takes %s."
              .formatted(tool, path + name, names),
          "Call `%s` again with `%s`.".formatted(tool, path + name));
    }
    return value(tool, path + name, component.getGenericType(), Objects.requireNonNull(given));
  }

  private static Object value(String tool, String name, Type type, @Nullable Object given) {
    if (type instanceof ParameterizedType generic) {
      return collection(tool, name, generic, given);
    }
    var raw = (Class<?>) type;
    if (raw == int.class || raw == Integer.class) {
      return Meant.whole(given).orElseThrow(() -> wrong(tool, name, given, "a whole number"));
    }
    if (raw == Double.class) {
      return Meant.number(given).orElseThrow(() -> wrong(tool, name, given, "a number"));
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return Meant.truth(given).orElseThrow(() -> wrong(tool, name, given, "true or false"));
    }
    if (raw.isEnum()) {
      return Meant.constant(raw, given)
          .orElseThrow(
              () ->
                  wrong(
                      tool, name, given, "one of " + String.join(", ", InputSchema.spelled(raw))));
    }
    if (raw.isRecord() && !isId(raw)) {
      var fields = object(tool, name, given, "an object with " + names(raw));
      rejectUnknown(tool, raw, fields);
      return record(tool, name + ".", raw, fields);
    }
    if (raw == Object.class && given != null) {
      return given;
    }
    return text(tool, name, raw, given);
  }

  /// A list, or a free-form object.
  private static Object collection(
      String tool, String name, ParameterizedType type, @Nullable Object given) {
    var arguments = type.getActualTypeArguments();
    var last = arguments[arguments.length - 1];
    if (type.getRawType() == Map.class) {
      var values = new LinkedHashMap<String, Object>();
      object(tool, name, given, "an object")
          .forEach((key, value) -> values.put(key, value(tool, name + "." + key, last, value)));
      return values;
    }
    var list = Meant.list(given);
    if (list.isPresent()) {
      return list.get().stream().map(g -> value(tool, name + "[]", last, g)).toList();
    }
    // One file is as good as a list of one.
    if (last == String.class && given instanceof String) {
      return List.of(value(tool, name, String.class, given));
    }
    throw wrong(tool, name, given, "a list");
  }

  @SuppressWarnings("unchecked") // JSON objects have text keys
  private static Map<String, Object> object(
      String tool, String name, @Nullable Object given, String wanted) {
    return (Map<String, Object>)
        Meant.object(given).orElseThrow(() -> wrong(tool, name, given, wanted));
  }

  private static Object text(String tool, String name, Class<?> raw, @Nullable Object given) {
    if (!(given instanceof String text)) {
      throw wrong(tool, name, given, "a text");
    }
    if (text.length() > MOST_TEXT) {
      throw new Refusal(
          "`%s` has %,d characters; at most %,d are taken."
              .formatted(name, text.length(), MOST_TEXT),
          "Call `%s` again with less; pass larger content as a file.".formatted(tool));
    }
    if (text.indexOf(0) >= 0) {
      throw new Refusal(
          "`%s` holds the character U+0000, which neither a file name nor a text may contain."
              .formatted(name),
          "Call `%s` again without it.".formatted(tool));
    }
    return isId(raw) ? construct(raw, text) : text;
  }

  private static Refusal wrong(String tool, String name, @Nullable Object given, String wanted) {
    return new Refusal(
        "`%s` is %s; `%s` takes %s there.".formatted(name, Meant.quoted(given), tool, wanted),
        "Call `%s` again with `%s` corrected.".formatted(tool, name));
  }

  private static String shortened(String seen) {
    return seen.length() > 60 ? seen.substring(0, 60) + "…" : seen;
  }

  private static void rejectUnknown(String tool, Class<?> type, Map<String, Object> arguments) {
    var known = Arrays.stream(type.getRecordComponents()).map(InputType::name).toList();
    for (var name : arguments.keySet()) {
      if (!known.contains(name)) {
        throw new Refusal(
            "`%s` has no argument `%s`; it takes %s.".formatted(tool, shortened(name), names(type)),
            "Call `%s` again without it.".formatted(tool));
      }
    }
  }

  private static String names(Class<?> type) {
    if (type.getRecordComponents().length == 0) {
      return "no arguments";
    }
    return Arrays.stream(type.getRecordComponents())
        .map(c -> "`" + name(c) + (c.getType() == Optional.class ? "?" : "") + "`")
        .collect(Collectors.joining(", "));
  }

  static String name(RecordComponent component) {
    var words = component.getAnnotation(Param.class);
    return words == null || words.name().isEmpty()
        ? WireNames.snake(component.getName())
        : words.name();
  }

  static boolean isId(Class<?> raw) {
    return raw.isRecord()
        && raw.getRecordComponents().length == 1
        && raw.getRecordComponents()[0].getType() == String.class
        && raw.getRecordComponents()[0].getName().equals("value");
  }

  private static <R> R construct(Class<R> type, Object... values) {
    try {
      var components = type.getRecordComponents();
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new IllegalStateException("cannot make " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }
}
