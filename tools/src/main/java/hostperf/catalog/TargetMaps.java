package hostperf.catalog;

import hostperf.Refusal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The target maps of `references/hot-path-files.md`, one YAML block each.
public final class TargetMaps {
  private static final String PAGE = "hot-path-files.md";

  private final Map<String, TargetMap> byName;

  private TargetMaps(Map<String, TargetMap> byName) {
    this.byName = byName;
  }

  /// Reads the page.
  ///
  /// @param references the folder `references/`
  /// @throws IllegalStateException naming page, block and key, where the page is not as it should
  ///     be
  public static TargetMaps read(Path references) {
    var maps = new LinkedHashMap<String, TargetMap>();
    for (var block : Page.read(references.resolve(PAGE)).blocks("yaml")) {
      var map = TargetMapBlock.of(Fields.parse(PAGE, block));
      maps.put(map.name(), map);
    }
    return new TargetMaps(maps);
  }

  /// The map of a target.
  ///
  /// @throws Refusal naming the known ones, where there is no such target
  public TargetMap of(String target) {
    var map = byName.get(target);
    if (map == null) {
      throw new Refusal(
          "No target '%s' is known; known are %s."
              .formatted(target, String.join(", ", byName.keySet())),
          "Set `target:` in hostperf.yaml to one of them; `generic` fits any Python program.");
    }
    return map;
  }

  /// All of them, in the order of the page.
  public Iterable<TargetMap> all() {
    return byName.values();
  }
}
