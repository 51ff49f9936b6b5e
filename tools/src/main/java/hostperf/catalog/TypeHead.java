package hostperf.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the page says of one hotspot type in the head of its section.
///
/// @param type as the interface of record names it
/// @param labelled how many of the labelled changes removed this type
/// @param settles facts that settle the type whatever else is known, each a set that has to hold
///     together
/// @param decides the same, where labelled lines with such facts were mostly of this type
/// @param suggests facts that make it a candidate, most of them counted
/// @param needs the type is no candidate without one of these facts; empty where it is always one
/// @param forbids the type is no candidate where one of these is known
/// @param held what it adds to the odds, as a logarithm, that one of `settles` or `decides` holds
/// @param speaks the same per fact of the line that makes the type likelier
/// @param against per fact that makes it rarer, below zero
/// @param beside per fact of the costly statements beside it in the function, of either sign
/// @param question what reading the code answers; names in braces stand for the line's own
public record TypeHead(
    String type,
    Labelled labelled,
    List<List<String>> settles,
    List<List<String>> decides,
    List<String> suggests,
    List<String> needs,
    List<String> forbids,
    double held,
    Map<String, Double> speaks,
    Map<String, Double> against,
    Map<String, Double> beside,
    String question) {
  private static final String PAGE = "hotspot-classification.md";

  /// So many of so many labelled changes.
  public record Labelled(int part, int whole) {
    static Labelled of(String text) {
      var parts = text.split("/", 2);
      return new Labelled(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
    }
  }

  /// Reads the heads of all types, in the order of the page.
  ///
  /// @param references the folder `references/`
  /// @throws IllegalStateException naming page and key, where a head is not as it should be
  public static List<TypeHead> read(Path references) {
    var heads = new ArrayList<TypeHead>();
    for (var block : Page.read(references.resolve(PAGE)).blocks("yaml")) {
      heads.add(of(Fields.parse(PAGE, block)));
    }
    return List.copyOf(heads);
  }

  private static TypeHead of(Fields block) {
    var head =
        block.withOnly(
            "type",
            "labelled",
            "settles",
            "decides",
            "suggests",
            "needs",
            "forbids",
            "held",
            "speaks",
            "against",
            "beside",
            "question");
    return new TypeHead(
        head.text("type"),
        Labelled.of(head.text("labelled")),
        sets(head, "settles"),
        sets(head, "decides"),
        head.texts("suggests"),
        head.texts("needs"),
        head.texts("forbids"),
        Double.parseDouble(head.textOr("held", "0")),
        weights(head.record("speaks")),
        weights(head.record("against")),
        weights(head.record("beside")),
        head.text("question"));
  }

  /// `a + b` is a set of two.
  private static List<List<String>> sets(Fields head, String key) {
    return head.texts(key).stream().map(set -> List.of(set.split(" \\+ "))).toList();
  }

  private static Map<String, Double> weights(Fields record) {
    var weights = new LinkedHashMap<String, Double>();
    record.map().keySet().stream()
        .map(String::valueOf)
        .forEach(fact -> weights.put(fact, Double.parseDouble(record.text(fact))));
    return weights;
  }
}
