package hostperf.behaviour;

import hostperf.behaviour.Structure.Cut;
import hostperf.behaviour.Structure.Entry;
import hostperf.behaviour.Structure.Instance;
import hostperf.behaviour.Structure.Items;
import hostperf.behaviour.Structure.Json;
import hostperf.behaviour.Structure.Mapping;
import hostperf.behaviour.Structure.Opaque;
import hostperf.behaviour.Structure.Plain;
import hostperf.behaviour.Structure.Tensor;
import hostperf.behaviour.Structure.Unordered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Goes down two values at once to where they differ.
///
/// How an object keeps its state is its own: an attribute that only one version has, or that holds
/// another kind of thing in each (a set for a list, a mapping for a list), is no difference of
/// behaviour. It is named in `representation`; what comes of it shows elsewhere.
final class Descent {
  /// Where the values differ.
  ///
  /// @param path from the value that was compared, such as `.tokens[3]`
  /// @param key what differs wherever else it does, such as `Request.tokens[]`
  /// @param varies it is of a kind that varies by itself, as times do
  /// @param isSet of a set, which differs as a whole where a part of an item does
  record Place(String path, String key, String left, String right, boolean varies, boolean isSet) {}

  /// One part of a value.
  ///
  /// @param owner the innermost attribute around it, as `Class.attribute`; empty where there is
  ///     none
  /// @param key the owner and the fields below it; items of a list, and keys that look made up as
  ///     the program runs, are alike
  private record Way(String path, String owner, String key) {
    /// A field of a tuple or of a record.
    Way to(String field) {
      return new Way(path + field, owner, key + field);
    }

    /// One of several of a kind.
    Way toOne(String place) {
      return new Way(path + place, owner, key + "[]");
    }

    Way into(String kind, String attribute) {
      if (kind.equals(GIVEN)) {
        var part = path.isEmpty() ? attribute : path + "." + attribute;
        return new Way(part, "", key + attribute);
      }
      var whole = kind + "." + attribute;
      return new Way(path + "." + attribute, whole, whole);
    }
  }

  /// A pair of structures; where the way decides what a difference is called, with that.
  private record Seen(int a, int b, String key) {}

  /// The arguments of a call are the attributes of an object of this class.
  static final String GIVEN = "Given";

  private static final int MOST = 60;

  /// A longer tuple is a list.
  private static final int MOST_FIELDS = 16;

  /// A key that a program's source names; what numbers and identifiers are in is made as it runs.
  private static final Pattern FIELD = Pattern.compile("[A-Za-z_.' ]+");

  /// Sums in another order differ in the last places.
  private static final double ROUNDING = 1e-12;

  private final Structures left;
  private final Structures right;
  private final SetItems sets;
  private final Set<String> ignored;
  private final String root;
  private final Set<Seen> seen = new HashSet<>();
  private final Set<String> found = new HashSet<>();
  private final List<Place> places = new ArrayList<>();
  private final Set<String> representation = new TreeSet<>();

  /// @param ignored keys of what varies by itself; what is below one is not looked at
  /// @param root what the values are, such as `module.function result`
  Descent(Prints left, Prints right, Set<String> ignored, String root) {
    this.root = root + " ";
    this.sets = new SetItems(left, right);
    this.left = left.structures();
    this.right = right.structures();
    this.ignored = ignored;
  }

  /// Of each key the first place.
  List<Place> places() {
    return places;
  }

  Set<String> representation() {
    return representation;
  }

  Descent compare(int a, int b) {
    down(a, b, new Way("", "", root));
    return this;
  }

  private void down(int a, int b, Way way) {
    if (left.print(a) == right.print(b) || places.size() >= MOST || ignored.contains(way.key())) {
      return;
    }
    var one = left.at(a);
    var other = right.at(b);
    if (one instanceof Cut
        || other instanceof Cut
        || !seen.add(new Seen(a, b, one instanceof Instance ? "" : way.key()))) {
      return;
    }
    if (one instanceof Json l && other instanceof Json r) {
      down(l.held(), r.held(), way.to("[json]"));
      down(l.written(), r.written(), way.to("[text]"));
    } else if (isText(one) && isText(other)) {
      differs(left.text(a), right.text(b), way, false);
    } else if (one instanceof Items l && other instanceof Items r) {
      items(l, r, way);
    } else if (one instanceof Mapping l && other instanceof Mapping r) {
      mapping(l, r, way);
    } else if (one instanceof Instance l
        && other instanceof Instance r
        && l.kind().equals(r.kind())) {
      instance(l, r, way);
    } else if (one instanceof Tensor l && other instanceof Tensor r) {
      var both = new SameTensor(l, r);
      if (!both.isSame()) {
        differs(both.left(), both.right(), way, false);
      }
    } else if (one instanceof Plain l && other instanceof Plain r) {
      plain(l, r, way);
    } else if (isSet(one, other) || isSet(other, one)) {
      var pairs = sets.pairs(one, other);
      pairs.ifPresent(all -> all.forEach(pair -> down(pair.a(), pair.b(), way.toOne("[]"))));
      if (pairs.isEmpty()) {
        differs(new Place(way.path(), way.key(), left.text(a), right.text(b), false, true));
      }
    } else if (one instanceof Opaque && other instanceof Opaque) {
      way(way, () -> differs(left.text(a), right.text(b), way, false));
    } else if (isNone(one) || isNone(other)) {
      differs(left.text(a), right.text(b), way, false);
    } else {
      way(way, () -> differs(left.text(a), right.text(b), way, false));
    }
  }

  /// Another kind of thing in an attribute is another way to keep it.
  private void way(Way way, Runnable otherwise) {
    if (way.owner().isEmpty()) {
      otherwise.run();
    } else {
      representation.add(way.owner());
    }
  }

  private static boolean isText(Structure structure) {
    return structure instanceof Json
        || structure instanceof Plain p && (p.kind().equals("str") || p.kind().equals("bytes"));
  }

  private static boolean isNone(Structure structure) {
    return structure instanceof Plain p && p.isNone();
  }

  /// A list that became a set, or the other way round, is still a collection of the same items.
  private static boolean isSet(Structure one, Structure other) {
    return one instanceof Unordered && (other instanceof Unordered || other instanceof Items);
  }

  private void items(Items one, Items other, Way way) {
    int common = Math.min(one.parts().size(), other.parts().size());
    int before = places.size();
    if (one.total() != other.total()) {
      int first = 0;
      while (first < common
          && left.print(one.parts().get(first)) == right.print(other.parts().get(first))) {
        first++;
      }
      differs(counted(one, first, left::text), counted(other, first, right::text), way, false);
      return;
    }
    for (int i = 0; i < common && places.size() < before + 8; i++) {
      boolean isField = one.isTuple() && one.total() <= MOST_FIELDS;
      var place = one.place(i);
      down(one.parts().get(i), other.parts().get(i), isField ? way.to(place) : way.toOne(place));
    }
  }

  private static String counted(Items items, int part, Function<Integer, String> text) {
    return part < items.parts().size()
        ? "%d items, at %s %s"
            .formatted(items.total(), items.place(part), text.apply(items.parts().get(part)))
        : "%d items, at [%d] the end".formatted(items.total(), items.total());
  }

  private void mapping(Mapping one, Mapping other, Way way) {
    int before = places.size();
    var theirs = new HashMap<String, Integer>();
    other.parts().forEach(e -> theirs.put(e.label(), e.part()));
    var mine = new HashSet<String>();
    for (Entry e : one.parts()) {
      mine.add(e.label());
      Integer part = theirs.get(e.label());
      if (part != null) {
        down(e.part(), part, at(e, way));
      } else if (other.total() == other.parts().size()) {
        differs(left.text(e.part()), "not there", at(e, way), false);
      }
    }
    for (Entry e : other.parts()) {
      if (!mine.contains(e.label()) && one.total() == one.parts().size()) {
        differs("not there", right.text(e.part()), at(e, way), false);
      }
    }
    if (places.size() == before) {
      order(one, other, way);
    }
  }

  private static Way at(Entry entry, Way mapping) {
    var place = "[" + entry.label() + "]";
    return FIELD.matcher(entry.label()).matches() ? mapping.to(place) : mapping.toOne(place);
  }

  /// The same keys in another order are walked through in another order.
  private void order(Mapping one, Mapping other, Way way) {
    var mine = one.parts().stream().map(Entry::label).toList();
    var theirs = other.parts().stream().map(Entry::label).toList();
    if (mine.size() == theirs.size() && !mine.equals(theirs)) {
      int first = 0;
      while (mine.get(first).equals(theirs.get(first))) {
        first++;
      }
      differs(
          "key %d is %s".formatted(first + 1, mine.get(first)),
          "key %d is %s".formatted(first + 1, theirs.get(first)),
          way,
          false);
    }
  }

  private void instance(Instance one, Instance other, Way way) {
    Map<String, Integer> theirs = new HashMap<>();
    other.parts().forEach(e -> theirs.put(e.label(), e.part()));
    String kind = one.kind();
    for (Entry e : one.parts()) {
      Integer part = theirs.remove(e.label());
      if (part != null) {
        down(e.part(), part, way.into(kind, e.label()));
      } else {
        missing(kind, e.label(), right, left.text(e.part()), "not there", way);
      }
    }
    theirs.forEach((label, part) -> missing(kind, label, left, "not there", right.text(part), way));
  }

  /// @param lacking the recording whose object does not have it here
  private void missing(
      String kind, String label, Structures lacking, String one, String other, Way way) {
    if (kind.equals(GIVEN)) {
      return; // A parameter that one version does not have.
    }
    if (ignored.contains(kind + "." + label)) {
      return;
    }
    if (lacking.attributes(kind).contains(label)) {
      differs(one, other, way.into(kind, label), false);
    } else {
      representation.add(kind + "." + label);
    }
  }

  private void plain(Plain one, Plain other, Way way) {
    if (one.isNumber() && other.isNumber()) {
      double a = one.number();
      double b = other.number();
      boolean isFloat = one.kind().equals("float") || other.kind().equals("float");
      if (isFloat && near(a, b, ROUNDING)) {
        return;
      }
      differs(one.text(), other.text(), way, isFloat || one.varies() && other.varies());
    } else if (one.kind().equals(other.kind()) || one.isNone() || other.isNone()) {
      differs(quoted(one), quoted(other), way, false);
    } else {
      way(way, () -> differs(quoted(one), quoted(other), way, false));
    }
  }

  static boolean near(double a, double b, double rounding) {
    return a == b
        || (Double.isNaN(a) && Double.isNaN(b))
        || Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b));
  }

  private static String quoted(Plain plain) {
    return plain.kind().equals("str") ? "'" + plain.text() + "'" : plain.text();
  }

  private void differs(String one, String other, Way way, boolean varies) {
    differs(new Place(way.path(), way.key(), one, other, varies, false));
  }

  private void differs(Place place) {
    if (!ignored.contains(place.key()) && found.add(place.key() + place.varies())) {
      places.add(place);
    }
  }
}
