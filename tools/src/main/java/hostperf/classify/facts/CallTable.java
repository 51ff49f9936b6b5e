package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Facts of calls as a table: one row a kind of call, groups between blank lines; of each group the
/// first row that fits a call gives its fact.
///
/// A row is `fact | source | conditions | what the call does`. A condition is `key:regular
/// expression`: `name` and `callee` as written, `resolved` through the imports, `on` for the
/// receiver, `not` for a name and `off` for a receiver that must not fit; `args` is how many
/// positional arguments there are, `given` the text of all.
record CallTable(List<List<Row>> groups) {

  private record Row(Known fact, Fact.Source source, List<Condition> conditions, String does) {
    boolean fits(Call call) {
      return conditions.stream().allMatch(c -> c.holds(call));
    }
  }

  private record Condition(String key, Pattern pattern) {
    boolean holds(Call call) {
      var receiver = call.receiver().map(Node::text).orElse("");
      return switch (key) {
        case "name" -> fits(call.name());
        case "not" -> !fits(call.name());
        case "callee" -> fits(call.callee());
        case "resolved" -> fits(call.resolved());
        case "on" -> fits(receiver);
        case "off" -> !fits(receiver);
        case "args" -> fits(String.valueOf(call.positional().size()));
        case "given" -> fits(call.node().child("arguments").map(Node::text).orElse(""));
        default -> throw new IllegalStateException("A table of calls has the key " + key);
      };
    }

    private boolean fits(String text) {
      return pattern.matcher(text).matches();
    }
  }

  static CallTable of(String table) {
    return new CallTable(
        Arrays.stream(table.strip().split("\n\\s*\n"))
            .map(group -> group.lines().map(CallTable::row).toList())
            .toList());
  }

  private static Row row(String line) {
    var cells = line.split(" \\| ", 4);
    var conditions = new ArrayList<Condition>();
    for (var condition : cells[2].strip().split(" +")) {
      var parts = condition.split(":", 2);
      conditions.add(new Condition(parts[0], Pattern.compile(parts.length < 2 ? "" : parts[1])));
    }
    return new Row(
        TypeRules.known(cells[0].strip()),
        Fact.Source.valueOf(cells[1].strip().toUpperCase(Locale.ROOT)),
        List.copyOf(conditions),
        cells[3].strip());
  }

  private static String suffix(Row row) {
    return row.source() == Fact.Source.NAMED ? ", by its name" : "";
  }

  void add(Call call, FactList facts) {
    for (var group : groups) {
      group.stream()
          .filter(r -> r.fits(call))
          .findFirst()
          .ifPresent(
              r -> facts.add(r.fact(), r.source(), "%s " + r.does() + suffix(r), call.node()));
    }
  }
}
