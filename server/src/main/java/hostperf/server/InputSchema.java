package hostperf.server;

import hostperf.agent.Param;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tool's input record as a JSON schema, keys in a stable order.
///
/// It keeps to what the narrowest of the model providers take: every schema has one `type`, no
/// union, no reference, and no object is without fields.
final class InputSchema {
  private InputSchema() {}

  static Map<String, Object> of(Class<?> type) {
    var properties = new LinkedHashMap<String, Object>();
    for (var component : type.getRecordComponents()) {
      properties.put(InputType.name(component), property(component));
    }
    var required =
        Arrays.stream(type.getRecordComponents())
            .filter(c -> c.getType() != Optional.class)
            .map(InputType::name)
            .toList();
    var schema = object(properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private static Map<String, Object> property(RecordComponent component) {
    var words = component.getAnnotation(Param.class);
    var keys = words == null ? new String[0] : words.keys();
    var property = new LinkedHashMap<>(form(component.getGenericType(), keys));
    if (words != null) {
      property.put("description", words.value());
    }
    return property;
  }

  private static Map<String, Object> form(Type type, String... keys) {
    if (type instanceof ParameterizedType generic) {
      var arguments = generic.getActualTypeArguments();
      var last = arguments[arguments.length - 1];
      if (generic.getRawType() == Optional.class) {
        return form(last, keys);
      }
      if (generic.getRawType() == Map.class) {
        var fields = new LinkedHashMap<String, Object>();
        Arrays.stream(keys).forEach(key -> fields.put(key, form(last)));
        return object(fields);
      }
      var list = typed("array");
      list.put("items", form(last));
      return list;
    }
    var raw = (Class<?>) type;
    if (raw == int.class || raw == Integer.class) {
      return typed("integer");
    }
    if (raw == Double.class) {
      return typed("number");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return typed("boolean");
    }
    if (raw.isRecord() && !InputType.isId(raw)) {
      return of(raw);
    }
    var text = typed("string");
    if (raw.isEnum()) {
      text.put("enum", spelled(raw));
    }
    return text;
  }

  static List<String> spelled(Class<?> enumType) {
    return Arrays.stream(enumType.getEnumConstants())
        .map(c -> WireNames.spelled((Enum<?>) c))
        .toList();
  }

  private static Map<String, Object> object(Map<String, Object> fields) {
    var schema = typed("object");
    schema.put("properties", fields);
    return schema;
  }

  private static Map<String, Object> typed(String type) {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", type);
    return schema;
  }
}
