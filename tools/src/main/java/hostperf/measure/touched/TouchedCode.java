package hostperf.measure.touched;

import hostperf.lines.LineProfile;
import hostperf.patch.FileChange;
import hostperf.verdict.GainBound;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The time that the base's profile has for the code that a patch touches: the most that the patch
/// can take away, wherever it lies.
///
/// @param seconds of all statements that it changes, of whole functions where it changes how far
///     they run
/// @param places what these are, for a reader
/// @param unknown what it touches and the profile has no time for
public record TouchedCode(double seconds, List<String> places, List<String> unknown) {
  private static final int NAMED = 4;

  public TouchedCode {
    places = List.copyOf(places);
    unknown = List.copyOf(unknown);
  }

  public static TouchedCode of(List<FileChange> changes, LineProfile before) {
    var cost = new TouchedCost(before);
    for (var change : changes) {
      if (change.path().endsWith(".py")) {
        new TouchedFile(change, cost).add();
      } else {
        cost.addUnknown(change.path());
      }
    }
    return cost.total();
  }

  /// The bound that follows; absent where some of the touched code has no known time.
  ///
  /// @param distortion profiled over unprofiled step time, as for `GainBound.ofHotspot`
  public Optional<GainBound> bound(LineProfile before, double distortion) {
    double whole = before.functions().stream().mapToDouble(f -> f.seconds()).max().orElse(0);
    if (!unknown.isEmpty() || whole <= 0) {
      return Optional.empty();
    }
    double share = Math.min(1, seconds / whole * Math.max(1, distortion));
    return Optional.of(
        new GainBound(
            "all the time that the profile has for what the patch touches: " + named(), share));
  }

  private String named() {
    if (places.isEmpty()) {
      return "nothing that costs time";
    }
    String first = places.stream().limit(NAMED).collect(Collectors.joining(", "));
    return places.size() <= NAMED ? first : first + " and %d more".formatted(places.size() - NAMED);
  }
}
