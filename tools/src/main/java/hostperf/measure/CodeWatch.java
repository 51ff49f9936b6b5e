package hostperf.measure;

import hostperf.Sha256;
import hostperf.repository.CheckoutState;
import hostperf.verdict.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Sees to it that both launches of a pair ran the same code outside the patch, and that no launch
/// changes the checkout: looks at it before and after each, and names what was changed.
final class CodeWatch {
  private final Swap swap;
  private final Set<String> patched;
  private final Map<Side, CheckoutState> versions = new EnumMap<>(Side.class);
  private CheckoutState known;

  /// Shows both versions once, to learn which files the patch has.
  CodeWatch(Swap swap) {
    this.swap = swap;
    swap.base();
    CheckoutState base = swap.state();
    swap.candidate();
    CheckoutState candidate = swap.state();
    this.patched = base.differing(candidate);
    versions.put(Side.BASE, base);
    versions.put(Side.CANDIDATE, candidate);
    this.known = candidate;
  }

  /// Launches the workload in this slot, unless the pair's other half saw other code: then the
  /// attempt is void already and no time is spent on it.
  Sample launch(Slot slot, Launches launches, List<Sample> samples, Log log) {
    var changed = atRest(slot.side(), log);
    String before = digest();
    var other =
        samples.stream()
            .filter(sample -> sample.slot().pair() == slot.pair())
            .filter(sample -> sample.slot().attempt() == slot.attempt())
            .filter(sample -> !sample.code().equals(before))
            .findFirst();
    if (slot.pair() != Slot.WARM_UP && other.isPresent()) {
      String why =
          changed.isEmpty()
              ? "The checkout was changed while the measurement was paused."
              : "Changed between the launches of the pair: " + String.join("; ", changed) + ".";
      var none = Launched.notStarted(other.get().launched().at(), "Not launched. " + why);
      return new Sample(slot, none, before, Optional.of(why));
    }
    Launched launched = launches.launch(slot);
    var meanwhile = during(log);
    var why =
        meanwhile.isEmpty()
            ? Optional.<String>empty()
            : Optional.of("Changed during the launch: " + String.join("; ", meanwhile) + ".");
    return new Sample(slot, launched, before, why);
  }

  /// Since the last launch the files of the patch were swapped; they have to show this side.
  private List<String> atRest(Side side, Log log) {
    CheckoutState now = swap.state();
    var changed = new ArrayList<String>();
    if (!known.head().commit().equals(now.head().commit())) {
      changed.add("HEAD is at " + now.head().commit());
    }
    for (String path : known.differing(now)) {
      if (!patched.contains(path)) {
        changed.add(path + " was changed");
      }
    }
    CheckoutState version = versions.getOrDefault(side, now);
    for (String path : version.differing(now)) {
      if (patched.contains(path)) {
        changed.add(path + " was changed");
      }
    }
    known = now;
    return told(changed, log);
  }

  private List<String> during(Log log) {
    CheckoutState now = swap.state();
    var changed = new ArrayList<>(known.touched(now));
    known.left(now).forEach(path -> changed.add(path + " is new"));
    known = now;
    return told(changed, log);
  }

  private static List<String> told(List<String> changed, Log log) {
    if (!changed.isEmpty()) {
      log.step(new MeasurementEvent.Changed(changed));
    }
    return changed;
  }

  /// Of the code and of the commit's files outside the patch.
  private String digest() {
    var contents = new TreeMap<String, String>();
    known
        .files()
        .forEach(
            (path, mark) -> {
              if (!patched.contains(path) && known.isWatched(path)) {
                contents.put(path, mark.content());
              }
            });
    return digest(contents);
  }

  private static String digest(Map<String, String> files) {
    var digest = new Sha256();
    files.forEach((file, hash) -> digest.add(file + '\0' + hash + '\n'));
    return digest.hex().substring(0, 16);
  }
}
