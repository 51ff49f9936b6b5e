package hostperf.catalog;

import hostperf.Refusal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The target maps of `references/hot-path-files.md`, one YAML block each; a block is parsed when
/// its target is asked for.
public final class TargetMaps {
  private static final String PAGE = "hot-path-files.md";

  private final Map<String, String> blocks;

  private TargetMaps(Map<String, String> blocks) {
    this.blocks = blocks;
  }

  /// Reads the page.
  ///
  /// @param references the folder `references/`
  /// @throws IllegalStateException where a block does not begin with its target's name
  public static TargetMaps read(Path references) {
    var blocks = new LinkedHashMap<String, String>();
    for (var block : Page.read(references.resolve(PAGE)).blocks("yaml")) {
      blocks.put(targetOf(block), block);
    }
    return new TargetMaps(blocks);
  }

  /// The map of a target.
  ///
  /// @throws Refusal naming the known ones, where there is no such target
  /// @throws IllegalStateException naming page and key, where the block is not as it should be
  public TargetMap of(String target) {
    var block = blocks.get(target);
    if (block == null) {
      throw new Refusal(
          "No target '%s' is known; known are %s.".formatted(target, String.join(", ", names())),
          "Set `target:` in hostperf.yaml to one of them; `generic` fits any Python program.");
    }
    return TargetMapBlock.of(Fields.parse(PAGE, block));
  }

  /// The loggers of all engines: their full names tell them apart.
  public List<EngineLogger> loggers() {
    return names().stream().flatMap(name -> of(name).loggers().stream()).toList();
  }

  /// The known targets, in the order of the page.
  public List<String> names() {
    return List.copyOf(blocks.keySet());
  }

  private static String targetOf(String block) {
    var firstLine = block.lines().findFirst().orElse("");
    if (!firstLine.startsWith("target: ")) {
      throw new IllegalStateException(
          "%s: a block begins with '%s' in place of 'target: name'".formatted(PAGE, firstLine));
    }
    return firstLine.substring("target: ".length()).strip();
  }
}
