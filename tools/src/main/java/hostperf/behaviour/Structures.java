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
  private final Map<String, Set<String>> attributes = new HashMap<>();

  /// Adds the next one of a recording's file.
  void add(JsonNode node) {
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
      case "numbers" -> numbers(node);
      case "items" -> new Items(node.path(1).asString(), node.path(2).asInt(), parts(node));
      case "set" -> new Unordered(node.path(1).asString(), node.path(2).asInt(), parts(node));
      case "mapping" -> new Mapping(node.path(1).asString(), node.path(2).asInt(), entries(node));
      case "object" -> new Instance(node.path(1).asString(), entries(node));
      case "tensor" -> tensor(node);
      case "opaque" -> new Structure.Opaque(node.path(1).asString());
      default -> new Structure.Cut();
    };
  }

  private Structure numbers(JsonNode node) {
    var parts = new ArrayList<Integer>();
    for (JsonNode number : node.path(3)) {
      parts.add(integer(number.asString(), "int"));
    }
    if (!node.path(4).asString().isEmpty()) {
      parts.add(integer(node.path(4).asString(), "the rest"));
    }
    return new Items(node.path(1).asString(), node.path(2).asInt(), parts);
  }

  private int integer(String text, String kind) {
    var known = integers.get(kind + text);
    if (known == null) {
      known = append(new Plain(kind, text));
      integers.put(kind + text, known);
    }
    return known;
  }

  private List<Integer> parts(JsonNode node) {
    return StreamSupport.stream(node.path(3).spliterator(), false)
        .map(part -> place(part.asInt()))
        .toList();
  }

  private List<Entry> entries(JsonNode node) {
    return StreamSupport.stream(node.path(3).spliterator(), false)
        .map(part -> new Entry(part.path(0).asString(), place(part.path(1).asInt())))
        .toList();
  }

  private static Tensor tensor(JsonNode node) {
    return new Tensor(
        node.path(1).asString(),
        StreamSupport.stream(node.path(2).spliterator(), false).map(JsonNode::asInt).toList(),
        node.path(3).asString(),
        node.path(4).asString(),
        StreamSupport.stream(node.path(5).spliterator(), false).map(JsonNode::asString).toList(),
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
