package hostperf.classify.facts;

import hostperf.catalog.TypeHead;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One type's head from the page, with its facts looked up.
///
/// @param settles each set settles the type when all of it holds and something of it is firm
/// @param decides the same, where labelled lines with such facts were mostly of this type
/// @param suggests facts that make it a candidate, most of them counted
/// @param base logarithm of how frequent the type is among labelled lines
/// @param held what it adds that one of these sets holds
/// @param weights what a fact of the line adds, below zero where it speaks against the type
/// @param beside what a fact of a costly statement beside it adds
public record TypeRules(
    HotspotType type,
    List<Set<Known>> settles,
    List<Set<Known>> decides,
    Set<Known> suggests,
    Set<Known> needs,
    Set<Known> forbids,
    double base,
    double held,
    Map<Known, Double> weights,
    Map<Known, Double> beside,
    String question) {
  /// What makes a type less than about two and a half times as likely says nothing of a line.
  private static final double SPEAKS = 0.9;

  /// @throws IllegalStateException where the page names an unknown type or fact
  public static List<TypeRules> of(List<TypeHead> heads) {
    var rules = heads.stream().map(TypeRules::of).toList();
    var missing = EnumSet.allOf(HotspotType.class);
    rules.forEach(r -> missing.remove(r.type()));
    if (!missing.isEmpty()) {
      throw new IllegalStateException("hotspot-classification.md has no head for " + missing);
    }
    return rules;
  }

  private static TypeRules of(TypeHead head) {
    var weights = known(head.speaks());
    weights.putAll(known(head.against()));
    return new TypeRules(
        HotspotType.valueOf(head.type()),
        head.settles().stream().map(TypeRules::known).toList(),
        head.decides().stream().map(TypeRules::known).toList(),
        known(head.suggests()),
        known(head.needs()),
        known(head.forbids()),
        Math.log((head.labelled().part() + 0.5) / (head.labelled().whole() + 9)),
        head.held(),
        weights,
        known(head.beside()),
        head.question());
  }

  private static Set<Known> known(Collection<String> words) {
    var known = new HashSet<Known>();
    words.forEach(w -> known.add(known(w)));
    return known;
  }

  static Known known(String word) {
    return Arrays.stream(Known.values())
        .filter(k -> k.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "hotspot-classification.md names the unknown fact '" + word + "'"));
  }

  private static Map<Known, Double> known(Map<String, Double> words) {
    var known = new EnumMap<Known, Double>(Known.class);
    words.forEach((word, weight) -> known.put(known(word), weight));
    return known;
  }

  /// The firm fact that rules this type out; empty where none does.
  public Optional<Fact> ruledOut(List<Fact> facts) {
    return facts.stream().filter(f -> forbids.contains(f.known()) && f.isFirm()).findFirst();
  }

  public boolean isPermitted(List<Fact> facts) {
    return ruledOut(facts).isEmpty()
        && (needs.isEmpty() || facts.stream().anyMatch(f -> needs.contains(f.known())));
  }

  /// The facts that settle the type whatever else is known; empty where none do.
  public List<Fact> settling(List<Fact> facts) {
    return held(settles, facts);
  }

  /// The facts that settle it where labelled lines like this were mostly of this type.
  public List<Fact> deciding(List<Fact> facts) {
    return held(decides, facts);
  }

  /// Whether facts are known that could settle it.
  private boolean isSpoken(List<Fact> facts) {
    return !settling(facts).isEmpty() || !deciding(facts).isEmpty();
  }

  public boolean isSuggested(List<Fact> facts) {
    return isSpoken(facts) || facts.stream().anyMatch(f -> suggests.contains(f.known()));
  }

  /// The facts of the first set that holds. A name alone settles nothing: something of the set has
  /// to be measured or seen.
  private static List<Fact> held(List<Set<Known>> sets, List<Fact> facts) {
    for (var set : sets) {
      var held = facts.stream().filter(f -> set.contains(f.known())).toList();
      if (held.size() == set.size() && held.stream().anyMatch(Fact::isFirm)) {
        return held;
      }
    }
    return List.of();
  }

  /// How likely the type is on labelled lines with these facts, as a logarithm that only compares
  /// within one line.
  public double weight(List<Fact> facts, Set<Known> nearby) {
    return base
        + (isSpoken(facts) ? held : 0)
        + facts.stream().mapToDouble(f -> weights.getOrDefault(f.known(), 0.0)).sum()
        + nearby.stream().mapToDouble(k -> beside.getOrDefault(k, 0.0)).sum();
  }

  /// Facts of the line that speak for the type, without those that only say where it stands.
  public List<Fact> speaking(List<Fact> facts) {
    var held = Stream.concat(settling(facts).stream(), deciding(facts).stream()).toList();
    return facts.stream()
        .filter(f -> !f.known().isContext())
        .filter(
            f ->
                held.contains(f)
                    || suggests.contains(f.known())
                    || weights.getOrDefault(f.known(), 0.0) >= SPEAKS)
        .toList();
  }

  public List<Fact> contradicting(List<Fact> facts) {
    return facts.stream()
        .filter(f -> !f.known().isContext() && f.isFirm())
        .filter(f -> weights.getOrDefault(f.known(), 0.0) <= -SPEAKS)
        .toList();
  }
}
