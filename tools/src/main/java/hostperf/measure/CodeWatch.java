package hostperf.measure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sees to it that both launches of a pair ran the same code outside the patch: looks at the
/// editable files before and after each launch, and names those that someone else changed.
final class CodeWatch {
  private final Swap swap;
  private final Map<Side, Map<String, String>> patched = new EnumMap<>(Side.class);
  private Map<String, String> known;

  /// Shows both versions once, to learn which files the patch has.
  CodeWatch(Swap swap) {
    this.swap = swap;
    swap.base();
    Map<String, String> base = swap.editable();
    swap.candidate();
    Map<String, String> candidate = swap.editable();
    Set<String> files = differing(base, candidate);
    patched.put(Side.BASE, only(files, base));
    patched.put(Side.CANDIDATE, only(files, candidate));
    this.known = without(files, candidate);
  }

  /// Launches the workload in this slot, unless the pair's other half saw other code: then the
  /// attempt is void already and no time is spent on it.
  Sample launch(Slot slot, Launches launches, List<Sample> samples, Log log) {
    var changed = changed(slot.side(), log);
    String before = digest(known);
    var other =
        samples.stream()
            .filter(sample -> sample.slot().pair() == slot.pair())
            .filter(sample -> sample.slot().attempt() == slot.attempt())
            .filter(sample -> !sample.code().equals(before))
            .findFirst();
    if (slot.pair() != Slot.WARM_UP && other.isPresent()) {
      String why = voided(changed);
      var none = Launched.notStarted(other.get().launched().at(), "Not launched. " + why);
      return new Sample(slot, none, before, Optional.of(why));
    }
    Launched launched = launches.launch(slot.label());
    var meanwhile = changed(slot.side(), log);
    var why = meanwhile.isEmpty() ? Optional.<String>empty() : Optional.of(voided(meanwhile));
    return new Sample(slot, launched, before, why);
  }

  private Set<String> changed(Side side, Log log) {
    Map<String, String> now = swap.editable();
    Map<String, String> version = patched.getOrDefault(side, Map.of());
    Set<String> changed = differing(known, without(version.keySet(), now));
    changed.addAll(differing(version, only(version.keySet(), now)));
    known = without(version.keySet(), now);
    if (!changed.isEmpty()) {
      log.step(new Step.Changed(List.copyOf(changed)));
    }
    return changed;
  }

  private static String voided(Set<String> changed) {
    return changed.isEmpty()
        ? "Editable files were changed by someone else while the measurement rested."
        : "Changed by someone else during the pair: " + String.join(", ", changed) + ".";
  }

  private static Map<String, String> only(Set<String> wanted, Map<String, String> files) {
    var kept = new TreeMap<>(files);
    kept.keySet().retainAll(wanted);
    return kept;
  }

  private static Map<String, String> without(Set<String> unwanted, Map<String, String> files) {
    var kept = new TreeMap<>(files);
    kept.keySet().removeAll(unwanted);
    return kept;
  }

  private static Set<String> differing(Map<String, String> left, Map<String, String> right) {
    return Stream.concat(left.keySet().stream(), right.keySet().stream())
        .filter(file -> !Objects.equals(left.get(file), right.get(file)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String digest(Map<String, String> files) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          (file, hash) ->
              digest.update((file + '\0' + hash + '\n').getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
