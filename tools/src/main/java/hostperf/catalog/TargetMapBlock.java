package hostperf.catalog;

import java.util.List;
import java.util.stream.Collectors;

/// Makes a target map of its YAML block. Functions are grouped by the class or module they stand
/// in, so that long prefixes are written once.
final class TargetMapBlock {
  private TargetMapBlock() {}

  static TargetMap of(Fields block) {
    var map =
        block.withOnly(
            "target",
            "functions",
            "bound",
            "loggers",
            "layouts",
            "waits",
            "collectives",
            "compiled",
            "tests");
    return new TargetMap(
        map.text("target"),
        map.records("functions").stream().flatMap(g -> group(g).stream()).toList(),
        bound(map.record("bound")),
        new EngineCalls(
            map.records("waits").stream().map(TargetMapBlock::wait).toList(),
            map.texts("collectives")),
        map.records("loggers").stream().map(TargetMapBlock::logger).toList(),
        map.records("layouts").stream().map(TargetMapBlock::layout).toList(),
        map.records("tests").stream().map(TargetMapBlock::testRow).toList());
  }

  private static List<HotFunction> group(Fields block) {
    var group = block.withOnly("in", "formerly", "names");
    var in = group.text("in");
    var formerly = group.texts("formerly");
    return group.records("names").stream().map(f -> function(f, in, formerly)).toList();
  }

  private static HotFunction function(Fields block, String in, List<String> groupFormerly) {
    var f = block.withOnly("name", "formerly", "runs", "first", "root", "note");
    var name = f.text("name");
    return new HotFunction(
        joined(in, name),
        f.has("formerly")
            ? f.texts("formerly")
            : groupFormerly.stream().map(prefix -> joined(prefix, name)).toList(),
        f.oneOf("runs", Frequency.PER_STEP),
        f.isTrue("first"),
        f.isTrue("root"),
        f.textOr("note", ""));
  }

  /// A prefix ending in `::` names a module whose functions stand by themselves.
  private static String joined(String prefix, String name) {
    return prefix.endsWith("::") ? prefix + name : prefix + "." + name;
  }

  private static NativeBindings bound(Fields block) {
    var b =
        block.withOnly(
            "classes", "receivers", "attributes", "methods", "objects", "copies", "cheap");
    return new NativeBindings(
        b.texts("classes"),
        b.texts("receivers"),
        b.texts("attributes"),
        b.texts("methods"),
        b.texts("objects"),
        b.texts("copies"),
        b.texts("cheap"));
  }

  private static EngineLogger logger(Fields block) {
    var logger = block.withOnly("name", "level", "enabled");
    var levels = logger.record("enabled").withOnly("debug", "info", "warning", "error");
    return new EngineLogger(
        logger.text("name"),
        logger.text("level"),
        levels.map().keySet().stream()
            .map(String::valueOf)
            .collect(Collectors.toMap(method -> method, levels::texts)));
  }

  private static Layout layout(Fields block) {
    var layout = block.withOnly("part", "is", "file");
    return new Layout(layout.text("part"), layout.text("is"), layout.text("file"));
  }

  private static EngineCalls.Wait wait(Fields block) {
    var wait = block.withOnly("call", "why");
    return new EngineCalls.Wait(wait.text("call"), wait.text("why"));
  }

  private static TestRow testRow(Fields block) {
    var row = block.withOnly("sources", "tests", "device", "note");
    return new TestRow(
        row.text("sources"),
        row.texts("tests"),
        row.oneOf("device", TestRow.Device.UNKNOWN),
        row.textOr("note", ""));
  }
}
