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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One reading of a tool's input record: as a JSON schema, and as a value made from arguments.
///
/// Components are text, whole numbers, truth values, enums, typed ids (records of one text,
/// `value`), lists of text or of records, free-form objects (`Map`), or `Optional` of these.
/// A component that is not optional is required; a list that is not optional may be given as
/// one text.
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
    return schema(type);
  }

  /// The record made of these arguments; wrong, missing and unknown ones are refused by name.
  public I value(String tool, @Nullable Map<String, Object> given) {
    var arguments = given == null ? Map.<String, Object>of() : given;
    rejectUnknown(tool, type, arguments);
    return record(tool, "", type, arguments);
  }

  private static Map<String, Object> schema(Class<?> type) {
    var properties = new LinkedHashMap<String, Object>();
    for (var component : type.getRecordComponents()) {
      var property = new LinkedHashMap<String, Object>(form(component.getGenericType()));
      var words = component.getAnnotation(Param.class);
      if (words != null) {
        property.put("description", words.value());
      }
      properties.put(name(component), property);
    }
    var required =
        Arrays.stream(type.getRecordComponents())
            .filter(c -> c.getType() != Optional.class)
            .map(c -> name(c))
            .toList();
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private static Map<String, Object> form(Type type) {
    if (type instanceof ParameterizedType generic) {
      var argument = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == Optional.class) {
        return form(argument);
      }
      if (generic.getRawType() == Map.class) {
        return Map.of("type", "object");
      }
      var list = new LinkedHashMap<String, Object>();
      list.put("type", "array");
      list.put("items", form(argument));
      if (argument == String.class) {
        // One file is as good as a list of one.
        return Map.of("anyOf", List.of(Map.of("type", "string"), list));
      }
      return list;
    }
    var raw = (Class<?>) type;
    if (raw == int.class || raw == Integer.class) {
      return Map.of("type", "integer");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (raw.isEnum()) {
      return new LinkedHashMap<>(Map.of("enum", spelled(raw)));
    }
    if (raw.isRecord() && !isId(raw)) {
      return schema(raw);
    }
    return Map.of("type", "string");
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
    if (component.getType() == Optional.class) {
      var inner = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
      return given == null ? Optional.empty() : Optional.of(value(tool, path + name, inner, given));
    }
    if (given == null) {
      var names = names(owner);
      throw new Refusal(
          "`%s` needs the argument `%s`, which is missing; it takes %s."
              .formatted(tool, path + name, names),
          "Call `%s` again with `%s`.".formatted(tool, path + name));
    }
    return value(tool, path + name, component.getGenericType(), given);
  }

  private static Object value(String tool, String name, Type type, Object given) {
    if (type instanceof ParameterizedType generic) {
      var argument = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (generic.getRawType() == Map.class) {
        return given instanceof Map<?, ?> map ? map : wrong(tool, name, given, "an object");
      }
      if (given instanceof List<?> list) {
        return list.stream().map(g -> value(tool, name + "[]", argument, g)).toList();
      }
      return argument == String.class && given instanceof String
          ? List.of(value(tool, name, String.class, given))
          : wrong(tool, name, given, "a list");
    }
    var raw = (Class<?>) type;
    if (raw == int.class || raw == Integer.class) {
      return whole(tool, name, given);
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return given instanceof Boolean ? given : wrong(tool, name, given, "true or false");
    }
    if (raw.isEnum()) {
      return constant(tool, name, raw, given);
    }
    if (raw.isRecord() && !isId(raw)) {
      if (!(given instanceof Map<?, ?> map)) {
        return wrong(tool, name, given, "an object with " + names(raw));
      }
      @SuppressWarnings("unchecked") // JSON objects have text keys
      var fields = (Map<String, Object>) map;
      rejectUnknown(tool, raw, fields);
      return record(tool, name + ".", raw, fields);
    }
    if (!(given instanceof String text)) {
      return wrong(tool, name, given, "a text");
    }
    if (text.length() > MOST_TEXT) {
      throw new Refusal(
          "`%s` has %,d characters; at most %,d are taken."
              .formatted(name, text.length(), MOST_TEXT),
          "Call `%s` again with less; larger things are named by their file.".formatted(tool));
    }
    if (text.indexOf(0) >= 0) {
      throw new Refusal(
          "`%s` holds the character U+0000, which neither a file's name nor a text may."
              .formatted(name),
          "Call `%s` again without it.".formatted(tool));
    }
    return isId(raw) ? construct(raw, text) : text;
  }

  private static Object whole(String tool, String name, Object given) {
    if (given instanceof Integer) {
      return given;
    }
    return given instanceof Number number && number.doubleValue() == number.intValue()
        ? (Object) number.intValue()
        : wrong(tool, name, given, "a whole number");
  }

  private static Object constant(String tool, String name, Class<?> type, Object given) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(given)
          || ((Enum<?>) constant).name().equals(given)) {
        return constant;
      }
    }
    return wrong(tool, name, given, "one of " + String.join(", ", spelled(type)));
  }

  /// Typed in as `Object` so that it can stand where a value is wanted; it never returns.
  private static Object wrong(String tool, String name, Object given, String wanted) {
    throw new Refusal(
        "`%s` is %s; `%s` takes %s there."
            .formatted(name, shortened(String.valueOf(given)), tool, wanted),
        "Call `%s` again with `%s` put right.".formatted(tool, name));
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

  private static List<String> spelled(Class<?> enumType) {
    return Arrays.stream(enumType.getEnumConstants()).map(c -> Names.spelled((Enum<?>) c)).toList();
  }

  private static String name(RecordComponent component) {
    var words = component.getAnnotation(Param.class);
    return words == null || words.name().isEmpty()
        ? Names.snake(component.getName())
        : words.name();
  }

  private static boolean isId(Class<?> raw) {
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
