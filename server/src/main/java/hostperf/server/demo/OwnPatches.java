package hostperf.server.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The changes that the scripted agent writes itself, where the server has no draft: a stand-in for
/// what a coding agent would write on reading the hotspot. Each is a list of exact edits to the
/// sample; where the code is no longer as they expect, the server refuses them.
final class OwnPatches {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// @param function the hotspot's function that it is aimed at
  /// @param name of the resource that holds the edits
  /// @param plausible false for the one that looks right and is not: the tests have to catch it
  record Own(String function, String name, String summary, boolean plausible) {}

  private static final List<Own> ALL =
      List.of(
          new Own(
              "KVCacheManager.get_batch_cache_indices",
              "page-index-kept",
              "Keep the page of each block in a dict of the pool",
              false),
          new Own(
              "PyExecutor._forward_step",
              "sync-to-events",
              "Time the forward step with events instead of a synchronise",
              true));

  private OwnPatches() {}

  /// The patch for a function, the wrong one when it is asked for.
  static Optional<Own> of(String function, boolean wrong) {
    return ALL.stream()
        .filter(o -> o.plausible() != wrong && function.equals(o.function()))
        .findFirst();
  }

  /// The arguments of `apply_patch` for it.
  static List<Map<String, String>> edits(Own own) {
    var name = own.name() + ".json";
    try (InputStream in =
        Objects.requireNonNull(OwnPatches.class.getResourceAsStream(name), name)) {
      return JSON.readValue(in, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
