package hostperf.configuration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// One mapping of the file, read key by key. A value of the wrong form is noted with its line and
/// the default is used, so that one reading tells every fault.
final class Section {
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h)?");
  private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(%?)");

  private static final Duration LONGEST = Duration.ofHours(1000);
  private static final int MOST_SHOWN = 80;

  private final String name;
  private final int line;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Fault> faults;

  Section(String name, Optional<Node> node, List<Fault> faults) {
    this(name, node, node.map(Section::line).orElse(0), faults);
  }

  /// @param line where what is missing in it is looked for
  private Section(String name, Optional<Node> node, int line, List<Fault> faults) {
    this.name = name;
    this.line = line;
    this.faults = faults;
    if (node.isPresent() && node.get() instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          entries.put(key.getValue(), entry);
        }
      }
    } else if (node.isPresent() && !isNull(node.get())) {
      faults.add(new Fault(line(node.get()), where() + " must be a mapping of keys to values."));
    }
  }

  boolean has(String key) {
    return value(key).isPresent();
  }

  Section section(String key) {
    int at = Optional.ofNullable(entries.get(key)).map(e -> line(e.getKeyNode())).orElse(0);
    return new Section(path(key), value(key), at, faults);
  }

  /// The mappings of a list.
  List<Section> sections(String key) {
    return switch (value(key).orElse(null)) {
      case null -> List.of();
      case SequenceNode list ->
          list.getValue().stream()
              .map(n -> new Section(path(key) + "[]", Optional.of(n), faults))
              .toList();
      case Node other -> {
        fault(other, key, "a list of mappings");
        yield List.of();
      }
    };
  }

  Optional<String> text(String key) {
    return value(key).flatMap(n -> scalar(n, key, "a text"));
  }

  String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /// A text that has to be there.
  String required(String key, String example) {
    var text = text(key);
    if (text.isEmpty()) {
      faults.add(
          new Fault(line, "`%s` is missing; for example `%s`.".formatted(path(key), example)));
    }
    return text.orElse("");
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    var node = value(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    var text = scalar(node.get(), key, "a text").orElse("");
    for (E constant : type.getEnumConstants()) {
      if (spelled(constant).equals(text)) {
        return constant;
      }
    }
    var allowed =
        Arrays.stream(type.getEnumConstants())
            .map(Section::spelled)
            .collect(Collectors.joining(", "));
    fault(node.get(), key, "one of " + allowed);
    return otherwise;
  }

  static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  boolean flag(String key, boolean otherwise) {
    var node = value(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    var text = scalar(node.get(), key, "true or false").orElse("");
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    fault(node.get(), key, "true or false");
    return otherwise;
  }

  int number(String key, int otherwise, int least, int most) {
    var node = value(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    var wanted = "a whole number from %d to %d".formatted(least, most);
    var text = scalar(node.get(), key, wanted).orElse("");
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below, with the value
    }
    fault(node.get(), key, wanted);
    return otherwise;
  }

  /// A number that is not negative.
  Optional<Double> amount(String key) {
    var node = value(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    var wanted = "a number such as 0.2";
    var text = scalar(node.get(), key, wanted).orElse("");
    if (!text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
      fault(node.get(), key, wanted);
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(text));
  }

  /// `45m`, `90s`, `2h`, `500ms` or a number of seconds.
  Duration duration(String key, Duration otherwise) {
    var node = value(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    var wanted = "a duration such as 90s, 45m or 2h, of at most 1,000 hours";
    var matcher = DURATION.matcher(scalar(node.get(), key, wanted).orElse(""));
    if (!matcher.matches() || matcher.group(1).length() > 9) {
      fault(node.get(), key, wanted);
      return otherwise;
    }
    long amount = Long.parseLong(matcher.group(1));
    var duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          case null, default -> Duration.ofSeconds(amount);
        };
    if (duration.compareTo(LONGEST) > 0) {
      fault(node.get(), key, wanted);
      return otherwise;
    }
    return duration;
  }

  /// `2%` or `0.02`, as a fraction.
  double fraction(String key, double otherwise) {
    var node = value(key);
    if (node.isEmpty()) {
      return otherwise;
    }
    var wanted = "a percentage such as 2%, or a fraction such as 0.02";
    var matcher = PERCENT.matcher(scalar(node.get(), key, wanted).orElse(""));
    if (matcher.matches()) {
      double number = Double.parseDouble(matcher.group(1));
      double fraction = matcher.group(2).isEmpty() ? number : number / 100;
      if (fraction <= 1) {
        return fraction;
      }
    }
    fault(node.get(), key, wanted);
    return otherwise;
  }

  List<String> texts(String key, List<String> otherwise) {
    return switch (value(key).orElse(null)) {
      case null -> otherwise;
      case SequenceNode list ->
          list.getValue().stream().flatMap(n -> scalar(n, key, "a text").stream()).toList();
      case Node other -> {
        fault(other, key, "a list of texts such as [python3, -m, pytest]");
        yield otherwise;
      }
    };
  }

  Map<String, String> map(String key) {
    var map = new LinkedHashMap<String, String>();
    var section = section(key);
    for (var name : section.entries.keySet()) {
      section.text(name).ifPresent(v -> map.put(name, v));
    }
    return map;
  }

  /// Where the key has no value, that of the key; where it is missing, that of the section.
  int lineOf(String key) {
    return value(key)
        .or(() -> Optional.ofNullable(entries.get(key)).map(NodeTuple::getKeyNode))
        .map(Section::line)
        .orElse(line);
  }

  void fault(String key, String what) {
    faults.add(new Fault(lineOf(key), "`%s` %s".formatted(path(key), what)));
  }

  /// Notes every key that nobody asked for.
  void rejectOthers() {
    for (var entry : entries.entrySet()) {
      if (!asked.contains(entry.getKey())) {
        faults.add(
            new Fault(
                line(entry.getValue().getKeyNode()),
                "unknown key `%s`; %s knows %s."
                    .formatted(path(entry.getKey()), where(), String.join(", ", asked))));
      }
    }
  }

  private Optional<Node> value(String key) {
    if (!asked.contains(key)) {
      asked.add(key);
    }
    return Optional.ofNullable(entries.get(key))
        .map(NodeTuple::getValueNode)
        .filter(n -> !isNull(n));
  }

  private Optional<String> scalar(Node node, String key, String wanted) {
    if (node instanceof ScalarNode scalar) {
      if (scalar.getValue().indexOf('\0') >= 0) {
        fault(node, key, "without NUL characters, which no program or path takes");
        return Optional.empty();
      }
      return Optional.of(scalar.getValue());
    }
    fault(node, key, wanted);
    return Optional.empty();
  }

  private void fault(Node node, String key, String wanted) {
    var seen =
        node instanceof ScalarNode scalar ? "'" + brief(scalar.getValue()) + "'" : "a structure";
    faults.add(
        new Fault(line(node), "`%s` is %s; it must be %s.".formatted(path(key), seen, wanted)));
  }

  private static String brief(String value) {
    var shown = value.replace("\0", "<NUL>");
    return shown.length() <= MOST_SHOWN ? shown : shown.substring(0, MOST_SHOWN) + "…";
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().getValue().endsWith(":null");
  }

  static int line(Node node) {
    return node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
  }

  private String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private String where() {
    return name.isEmpty() ? "the file" : "`" + name + "`";
  }
}
