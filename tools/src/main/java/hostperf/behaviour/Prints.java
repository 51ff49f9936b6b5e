package hostperf.behaviour;

import hostperf.behaviour.Structure.Entry;
import hostperf.behaviour.Structure.Instance;
import hostperf.behaviour.Structure.Items;
import hostperf.behaviour.Structure.Mapping;
import hostperf.behaviour.Structure.Plain;
import hostperf.behaviour.Structure.Tensor;
import hostperf.behaviour.Structure.Unordered;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;

/// Fingerprints of structures: equal for equal ones, whichever recording they are of. A list and a
/// tuple of the same items have the same, as have 1 and 1.0; sets have no order.
final class Prints {
  private static final long ITEMS = 0x9E3779B97F4A7C15L;
  private static final long UNORDERED = 0xC2B2AE3D27D4EB4FL;
  private static final long MAPPING = 0x165667B19E3779F9L;

  private final Structures structures;
  private final Set<String> ignored;
  private final Map<Integer, Long> known = new HashMap<>();
  private final Map<Integer, Long> steady = new HashMap<>();

  /// @param ignored attributes that do not count, as `Class.attribute`
  Prints(Structures structures, Set<String> ignored) {
    this.structures = structures;
    this.ignored = ignored;
  }

  Prints(Structures structures) {
    this(structures, Set.of());
  }

  Structures structures() {
    return structures;
  }

  /// Of one whose parts have theirs already.
  long of(Structure structure) {
    return switch (structure) {
      case Plain p -> plain(p);
      case Structure.Json j -> mixed(9, structures.print(j.held()), structures.print(j.written()));
      case Items i -> items(i.total(), i.parts(), structures::print);
      case Unordered u -> unordered(u, structures::print);
      case Mapping m -> mixed(MAPPING, m.total(), inOrder(m.parts(), structures::print));
      case Instance o -> instance(o.kind(), o.parts(), structures::print);
      case Tensor t ->
          mixed(text(t.type()), t.shape().hashCode(), text(t.digest() + " " + t.device()));
      case Structure.Opaque o -> mixed(1, 1, text(o.kind()));
      case Structure.Cut _ -> 2;
    };
  }

  private static long items(int total, List<Integer> parts, IntToLongFunction print) {
    long all = ITEMS + total;
    for (int part : parts) {
      all = mixed(ITEMS, all, print.applyAsLong(part));
    }
    return all;
  }

  private static long unordered(Unordered set, IntToLongFunction print) {
    return mixed(UNORDERED, set.total(), set.parts().stream().mapToLong(print::applyAsLong).sum());
  }

  private static long instance(String kind, List<Entry> parts, IntToLongFunction print) {
    return mixed(
        text(kind),
        0,
        parts.stream()
            .mapToLong(e -> mixed(3, text(e.label()), print.applyAsLong(e.part())))
            .sum());
  }

  /// Programs queue in mappings, too.
  private static long inOrder(List<Entry> parts, IntToLongFunction print) {
    long all = MAPPING;
    for (Entry e : parts) {
      all = mixed(all, text(e.label()), print.applyAsLong(e.part()));
    }
    return all;
  }

  private static long plain(Plain plain) {
    if (plain.isNumber()) {
      double number = plain.number();
      return Math.abs(number) < 1L << 52
          ? mixed(4, 4, Double.doubleToLongBits(number + 0.0))
          : mixed(4, 5, text(plain.text()));
    }
    return mixed(6, text(plain.kind()), text(plain.text()));
  }

  /// That of a value seen anew, without the ignored attributes.
  long without(int place) {
    return ignored.isEmpty() ? structures.print(place) : anew(place, false);
  }

  /// And without numbers of a kind that varies by itself.
  long steady(int place) {
    return anew(place, true);
  }

  private long anew(int place, boolean isSteady) {
    var prints = isSteady ? steady : known;
    var print = prints.get(place);
    if (print == null) {
      print = anew(structures.at(place), part -> anew(part, isSteady), isSteady);
      prints.put(place, print);
    }
    return print;
  }

  private long anew(Structure structure, IntToLongFunction part, boolean isSteady) {
    return switch (structure) {
      case Structure.Json j -> mixed(9, part.applyAsLong(j.held()), part.applyAsLong(j.written()));
      case Items i -> items(i.total(), i.parts(), part);
      case Unordered u -> unordered(u, part);
      case Mapping m -> mixed(MAPPING, m.total(), inOrder(m.parts(), part));
      case Instance o ->
          instance(
              o.kind(),
              o.parts().stream()
                  .filter(e -> !ignored.contains(o.kind() + "." + e.label()))
                  .toList(),
              part);
      case Plain p -> isSteady && p.varies() ? 8 : plain(p);
      case Tensor _, Structure.Opaque _, Structure.Cut _ -> of(structure);
    };
  }

  private static long text(String text) {
    long print = 7;
    for (int i = 0; i < text.length(); i++) {
      print = print * 0x100000001B3L ^ text.charAt(i);
    }
    return print;
  }

  private static long mixed(long a, long b, long c) {
    long print = a ^ Long.rotateLeft(b * UNORDERED, 31) ^ Long.rotateLeft(c * ITEMS, 17);
    print = (print ^ (print >>> 33)) * 0xFF51AFD7ED558CCDL;
    return (print ^ (print >>> 33)) * 0xC4CEB9FE1A85EC53L;
  }
}
