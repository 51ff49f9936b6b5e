package hostperf.server.demo;

import hostperf.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The changes that the scripted agent writes itself, where the server has no draft: a stand-in for
/// what a coding agent would write on reading the hotspot. Each is a diff against the sample as it
/// comes; one that no longer applies is simply refused by the server.
final class OwnPatches {
  /// @param function the hotspot's function that it is aimed at
  /// @param plausible false for the one that looks right and is not: the tests have to catch it
  record Own(String function, String file, String summary, boolean plausible) {}

  private static final List<Own> ALL =
      List.of();

  private OwnPatches() {}

  /// The patch for a function, the wrong one when it is asked for.
  static Optional<Own> of(String function, boolean wrong) {
    return ALL.stream()
        .filter(o -> o.plausible() != wrong && function.endsWith(o.function()))
        .findFirst();
  }

  static String text(Own own) {
    try (InputStream in = OwnPatches.class.getResourceAsStream(own.file())) {
      if (in == null) {
        throw new Refusal("The demo lacks " + own.file() + ".", "Build hostperf again.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
