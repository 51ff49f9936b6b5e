package hostperf.behaviour;

import hostperf.behaviour.Structure.Entry;
import hostperf.behaviour.Structure.Instance;
import hostperf.behaviour.Structure.Items;
import hostperf.behaviour.Structure.Mapping;
import hostperf.behaviour.Structure.Plain;
import hostperf.behaviour.Structure.Tensor;
import hostperf.behaviour.Structure.Unordered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// The structures of one recording. Each has a fingerprint that is the same in every recording, so
/// that what is equal need not be looked into.
final class Structures {
  private static final int MOST_SHOWN = 6;
  private static final int MOST_TEXT = 160;

  private final List<Structure> all = new ArrayList<>();
  private final List<Long> prints = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final Map<String, Integer> integers = new HashMap<>();
  private final Map<Integer, List<String>> names = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();
  private final Map<String, Set<String>> attributes = new HashMap<>();

  /// Adds the next one of a recording's file.
  void add(JsonNode node) {
    if (node.path(0).asString().equals("names")) {
      names.put(numbers.size(), texts(node.path(1)));
      numbers.add(-1);
      return;
    }
    // Whole numbers in sequences become structures of their own, so places are mapped.
    int place = append(read(node));
    numbers.add(place);
  }

  /// The place of a structure by its number in the file.
  int place(int number) {
    return numbers.get(number);
  }

  Structure at(int place) {
    return all.get(place);
  }

  long print(int place) {
    return prints.get(place);
  }

  /// Every attribute that an object of this class had anywhere in the recording.
  Set<String> attributes(String kind) {
    return attributes.getOrDefault(kind, Set.of());
  }

  private int append(Structure structure) {
    all.add(structure);
    prints.add(new Prints(this).of(structure));
    if (structure instanceof Instance instance) {
      var known = attributes.computeIfAbsent(instance.kind(), _ -> new HashSet<>());
      instance.parts().forEach(part -> known.add(part.label()));
    }
    return all.size() - 1;
  }

  private Structure read(JsonNode node) {
    return switch (node.path(0).asString()) {
      case "plain" -> new Plain(node.path(1).asString(), node.path(2).asString());
      case "json" -> new Structure.Json(place(node.path(1).asInt()), place(node.path(2).asInt()));
      case "numbers" -> numbers(node);
      case "items" -> items(node.path(1).asString(), node.path(2).asInt(), parts(node.path(3)));
      case "set" ->
          new Unordered(node.path(1).asString(), node.path(2).asInt(), parts(node.path(3)));
      case "mapping" -> new Mapping(node.path(1).asString(), node.path(2).asInt(), entries(node));
      case "object" ->
          new Instance(
              node.path(1).asString(),
              parts(node.path(3)).under(names.getOrDefault(node.path(2).asInt(), List.of())));
      case "tensor" -> tensor(node);
      case "opaque" -> new Structure.Opaque(node.path(1).asString());
      default -> new Structure.Cut();
    };
  }

  private static Items items(String kind, int total, Parts parts) {
    return new Items(kind.equals("tuple"), total, parts, parts.size());
  }

  private Structure numbers(JsonNode node) {
    var kind = node.path(1).asString();
    int total = node.path(2).asInt();
    var first = integers(node.path(3));
    if (node.path(4).asString().isEmpty()) {
      return items(kind, total, Parts.of(first.toArray()));
    }
    var between = IntStream.of(integer(node.path(4).asString(), "between"));
    var parts = IntStream.concat(IntStream.concat(first, between), integers(node.path(5)));
    return new Items(false, total, Parts.of(parts.toArray()), node.path(3).size());
  }

  private IntStream integers(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false)
        .mapToInt(number -> integer(number.asString(), "int"));
  }

  private int integer(String text, String kind) {
    var known = integers.get(kind + text);
    if (known == null) {
      known = append(new Plain(kind, text));
      integers.put(kind + text, known);
    }
    return known;
  }

  private Parts parts(JsonNode list) {
    return Parts.of(
        StreamSupport.stream(list.spliterator(), false)
            .mapToInt(part -> place(part.asInt()))
            .toArray());
  }

  private List<Entry> entries(JsonNode node) {
    var keys = new ArrayList<String>(node.path(3).size());
    var parts = new int[node.path(3).size()];
    for (JsonNode part : node.path(3)) {
      parts[keys.size()] = place(part.path(1).asInt());
      keys.add(labels.computeIfAbsent(part.path(0).asString(), label -> label));
    }
    return Parts.of(parts).under(List.copyOf(keys));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }

  private static Tensor tensor(JsonNode node) {
    return new Tensor(
        node.path(1).asString(),
        StreamSupport.stream(node.path(2).spliterator(), false).map(JsonNode::asInt).toList(),
        node.path(3).asString(),
        node.path(4).asString(),
        texts(node.path(5)),
        StreamSupport.stream(node.path(6).spliterator(), false)
            .map(sum -> new Plain("float", sum.asString()).number())
            .toList());
  }

  /// The value as a person reads it, shortened.
  String text(int place) {
    String text = text(place, 2);
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
  }

  private String text(int place, int depth) {
    return switch (at(place)) {
      case Plain p -> p.kind().equals("str") ? "'" + p.text() + "'" : p.text();
      case Structure.Json j -> "JSON " + text(j.held(), depth);
      case Items i -> texts(i.parts(), i.total(), depth, "[", "]");
      case Unordered u -> texts(u.parts(), u.total(), depth, "{", "}");
      case Mapping m -> "{%s}".formatted(entries(m.parts(), m.total(), depth, ": "));
      case Instance o ->
          "%s(%s)".formatted(o.kind(), entries(o.parts(), o.parts().size(), depth, "="));
      case Tensor t ->
          "tensor(%s, shape %s%s)"
              .formatted(
                  t.type(),
                  t.shape(),
                  t.values().isEmpty()
                      ? ""
                      : ", " + t.values().stream().limit(MOST_SHOWN).toList() + "…");
      case Structure.Opaque o -> o.kind();
      case Structure.Cut _ -> "…";
    };
  }

  private String texts(List<Integer> parts, int total, int depth, String open, String close) {
    if (depth == 0) {
      return "%s%d items%s".formatted(open, total, close);
    }
    return open
        + parts.stream()
            .limit(MOST_SHOWN)
            .map(part -> text(part, depth - 1))
            .collect(Collectors.joining(", "))
        + (total > MOST_SHOWN ? ", … %d in all".formatted(total) : "")
        + close;
  }

  private String entries(List<Entry> parts, int total, int depth, String sign) {
    if (depth == 0) {
      return "…";
    }
    return parts.stream()
            .limit(MOST_SHOWN)
            .map(part -> part.label() + sign + text(part.part(), depth - 1))
            .collect(Collectors.joining(", "))
        + (total > MOST_SHOWN ? ", …" : "");
  }
}
