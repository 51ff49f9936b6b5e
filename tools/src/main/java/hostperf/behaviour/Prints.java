package hostperf.behaviour;

import hostperf.behaviour.Structure.Entry;
import hostperf.behaviour.Structure.Instance;
import hostperf.behaviour.Structure.Items;
import hostperf.behaviour.Structure.Mapping;
import hostperf.behaviour.Structure.Plain;
import hostperf.behaviour.Structure.Tensor;
import hostperf.behaviour.Structure.Unordered;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;

/// Fingerprints of structures: equal for equal ones, whichever recording they are of. A list and a
/// tuple of the same items have the same, as have 1 and 1.0; sets have no order.
///
/// @param ignored attributes that do not count, as `Class.attribute`
record Prints(Structures structures, Set<String> ignored) {
  private static final long ITEMS = 0x9E3779B97F4A7C15L;
  private static final long UNORDERED = 0xC2B2AE3D27D4EB4FL;
  private static final long MAPPING = 0x165667B19E3779F9L;

  Prints(Structures structures) {
    this(structures, Set.of());
  }

  /// Of one whose parts have theirs already.
  long of(Structure structure) {
    return switch (structure) {
      case Plain p -> plain(p);
      case Items i -> items(i.total(), i.parts());
      case Unordered u ->
          mixed(UNORDERED, u.total(), u.parts().stream().mapToLong(structures::print).sum());
      case Mapping m -> mixed(MAPPING, m.total(), inOrder(m.parts(), structures::print));
      case Instance o -> mixed(text(o.kind()), 0, entries(o.parts()));
      case Tensor t ->
          mixed(text(t.type()), t.shape().hashCode(), text(t.digest() + " " + t.device()));
      case Structure.Opaque o -> mixed(1, 1, text(o.kind()));
      case Structure.Cut _ -> 2;
    };
  }

  private long items(int total, List<Integer> parts) {
    long print = ITEMS + total;
    for (int part : parts) {
      print = mixed(ITEMS, print, structures.print(part));
    }
    return print;
  }

  private long entries(List<Entry> parts) {
    return parts.stream()
        .mapToLong(e -> mixed(3, text(e.label()), structures.print(e.part())))
        .sum();
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
    return ignored.isEmpty() ? structures.print(place) : without(structures.at(place));
  }

  private long without(Structure structure) {
    return switch (structure) {
      case Items i -> {
        long print = ITEMS + i.total();
        for (int part : i.parts()) {
          print = mixed(ITEMS, print, without(part));
        }
        yield print;
      }
      case Unordered u ->
          mixed(UNORDERED, u.total(), u.parts().stream().mapToLong(this::without).sum());
      case Mapping m -> mixed(MAPPING, m.total(), inOrder(m.parts(), this::without));
      case Instance o -> mixed(text(o.kind()), 0, withoutEntries(o.kind(), o.parts()));
      case Plain _, Tensor _, Structure.Opaque _, Structure.Cut _ -> of(structure);
    };
  }

  private long withoutEntries(String kind, List<Entry> parts) {
    return parts.stream()
        .filter(e -> !ignored.contains(kind + "." + e.label()))
        .mapToLong(e -> mixed(3, text(e.label()), without(e.part())))
        .sum();
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
