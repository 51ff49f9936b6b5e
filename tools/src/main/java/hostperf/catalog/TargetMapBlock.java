package hostperf.catalog;

import java.util.List;
import java.util.Locale;

/// Makes a target map of its YAML block. Functions are grouped by the class or module they stand
/// in, so that long prefixes are written once.
final class TargetMapBlock {
  private TargetMapBlock() {}

  static TargetMap of(Fields map) {
    return new TargetMap(
        map.text("target"),
        map.records("functions").stream().flatMap(g -> group(g).stream()).toList(),
        bound(map.record("bound")),
        new Calls(
            map.records("waits").stream()
                .map(w -> new Calls.Wait(w.text("call"), w.text("why")))
                .toList(),
            map.texts("collectives")),
        map.records("compiled").stream()
            .map(c -> new CompiledModule(c.text("module"), c.text("by"), c.textOr("note", "")))
            .toList(),
        map.records("tests").stream().map(TargetMapBlock::testRow).toList());
  }

  private static List<HotFunction> group(Fields group) {
    var in = group.text("in");
    var formerly = group.texts("formerly");
    return group.records("names").stream().map(f -> function(f, in, formerly)).toList();
  }

  private static HotFunction function(Fields f, String in, List<String> groupFormerly) {
    var name = f.text("name");
    return new HotFunction(
        joined(in, name),
        f.has("formerly")
            ? f.texts("formerly")
            : groupFormerly.stream().map(prefix -> joined(prefix, name)).toList(),
        Frequency.valueOf(f.textOr("runs", "per_step").toUpperCase(Locale.ROOT)),
        f.isTrue("first"),
        f.textOr("note", ""));
  }

  /// A prefix ending in `::` names a module whose functions stand by themselves.
  private static String joined(String prefix, String name) {
    return prefix.endsWith("::") ? prefix + name : prefix + "." + name;
  }

  private static Bound bound(Fields b) {
    return new Bound(
        b.texts("classes"),
        b.texts("receivers"),
        b.texts("attributes"),
        b.texts("methods"),
        b.texts("copies"),
        b.texts("cheap"));
  }

  private static TestRow testRow(Fields row) {
    return new TestRow(
        row.text("sources"),
        row.texts("tests"),
        TestRow.Device.valueOf(row.textOr("device", "unknown").toUpperCase(Locale.ROOT)),
        row.textOr("note", ""));
  }
}
