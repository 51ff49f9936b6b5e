package hostperf.server;

import hostperf.Flat;
import hostperf.agent.Outcome;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The output schema of a tool: its own answer, or a job, or "could not tell".
///
/// Shapes only, no words: the definitions of all tools are read into every conversation.
final class OutputSchema {
  private static final Map<String, Object> JOB = alternative("job_id", "state");
  private static final Map<String, Object> WAITING = alternative("approval_id", "state");
  private static final Map<String, Object> INCONCLUSIVE = alternative("inconclusive");

  /// `next` is the same everywhere; `answer` of a job is on the wire as `result`.
  private static final List<String> NOT_SHOWN = List.of("next", "answer");

  private OutputSchema() {}

  static Map<String, Object> of(List<Class<? extends Outcome>> answers, boolean asksAPerson) {
    var alternatives = new ArrayList<Object>();
    answers.forEach(answer -> alternatives.add(object(figures(answer), 0)));
    alternatives.add(JOB);
    alternatives.add(INCONCLUSIVE);
    if (asksAPerson) {
      alternatives.add(WAITING);
    }
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    schema.put("anyOf", alternatives);
    return schema;
  }

  /// Where an answer wraps a record of figures, the figures are what is on the wire.
  private static Class<?> figures(Class<?> answer) {
    var first = answer.getRecordComponents()[0];
    return first.getName().equals("answer") ? first.getType() : answer;
  }

  private static Map<String, Object> alternative(String... required) {
    return new LinkedHashMap<>(Map.of("required", List.of(required)));
  }

  private static Map<String, Object> object(Class<?> type, int depth) {
    var properties = new LinkedHashMap<String, Object>();
    List<RecordComponent> components = components(type);
    for (var component : components) {
      if (!NOT_SHOWN.contains(component.getName())) {
        properties.put(
            WireNames.snake(component.getName()), form(component.getGenericType(), depth));
      }
    }
    var schema = new LinkedHashMap<String, Object>();
    schema.put("properties", properties);
    if (depth == 0) {
      schema.put(
          "required",
          components.stream()
              .filter(c -> c.getType() != Optional.class && !c.getName().equals("next"))
              .map(c -> WireNames.snake(c.getName()))
              .toList());
    }
    return schema;
  }

  /// The components as they stand on the wire: those of a flat one in its place.
  private static List<RecordComponent> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component ->
                component.isAnnotationPresent(Flat.class)
                    ? components(component.getType()).stream()
                    : Stream.of(component))
        .toList();
  }

  private static Map<String, Object> form(Type type, int depth) {
    if (type instanceof ParameterizedType generic) {
      var argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return form(argument, depth);
      }
      if (generic.getRawType() == Map.class) {
        return Map.of("type", "object");
      }
      var list = new LinkedHashMap<String, Object>();
      list.put("type", "array");
      if (argument instanceof Class<?> row && row.isRecord() && depth < 1) {
        list.put("items", object(row, depth + 1));
      }
      return list;
    }
    var raw = (Class<?>) type;
    if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
      return Map.of("type", "integer");
    }
    if (raw == double.class || raw == Double.class) {
      return Map.of("type", "number");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return Map.of("type", "boolean");
    }
    return Map.of("type", raw.isRecord() ? "object" : "string");
  }
}
