package hostperf.classify;

import static hostperf.classify.HotspotType.HOST_SYNC;
import static hostperf.classify.Spot.quote;

import hostperf.source.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// HOST_SYNC by the profile: a line that is cheap by its text but slow by the clock waits for the
/// device. No call is seen that could take the time.
final class SlowByClockRule implements Rule {
  /// Reading a name, storing an element or making a view takes a few microseconds at most.
  private static final double SLOW_US = 10;

  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    if (!spot.standsOut()) {
      return found;
    }
    handedOver(spot, found);
    if (spot.microsPerHit() >= SLOW_US && spot.calls().isEmpty()) {
      stored(spot, found);
      cut(spot, found);
      cutByElement(spot, found);
    }
    return found;
  }

  /// Only names and attributes: perhaps a tensor that the callee reads on the host.
  private static void handedOver(Spot spot, List<Finding> found) {
    boolean plain =
        spot.nodes().stream()
            .allMatch(n -> n.is("identifier", "attribute", "argument_list", "keyword_argument"));
    var tensors =
        spot.nodes("attribute", "identifier").stream()
            .filter(n -> !spot.device(n).isHost())
            .filter(n -> !n.text().matches("(?i).*(param|config|args).*"))
            .toList();
    if (plain && !tensors.isEmpty() && spot.nodes("attribute").size() >= 1) {
      add(
          spot,
          found,
          0.6,
          "The line only passes %s on".formatted(quote(tensors.getFirst())),
          "is it read on the host there?");
    }
  }

  /// `state.lengths[i] = n`, with nothing known of `state.lengths`: into a tensor on the device the
  /// number is uploaded.
  private static void stored(Spot spot, List<Finding> found) {
    var target = spot.assigned().filter(l -> l.is("subscript"));
    boolean cheap =
        spot.value().filter(v -> v.is("identifier", "attribute", "integer")).isPresent();
    target
        .flatMap(t -> t.child("value"))
        .filter(t -> cheap && t.is("attribute") && spot.device(t) == Device.UNKNOWN)
        .ifPresent(
            t ->
                add(
                    spot,
                    found,
                    0.5,
                    "The line stores one element of %s".formatted(quote(t)),
                    "is it on the device?"));
  }

  /// `q[:, start:end]`: a view by bounds that are not constant; where they are on the device they
  /// are read first.
  private static void cut(Spot spot, List<Finding> found) {
    spot.nodes("subscript").stream()
        .filter(s -> !s.field().equals("left") && s.all("subscript").size() > 1)
        .filter(s -> s.child("value").filter(v -> !spot.device(v).isHost()).isPresent())
        .filter(
            s ->
                s.all("subscript").stream()
                    .filter(i -> i.is("slice"))
                    .anyMatch(i -> i.find("identifier").findAny().isPresent()))
        .findFirst()
        .ifPresent(
            s ->
                add(
                    spot,
                    found,
                    0.5,
                    "The line only cuts out %s".formatted(quote(s)),
                    "are its bounds on the device?"));
  }

  /// `n = starts[-1]` … `q[:n]`: an element of something that is not known to be on the host.
  private static void cutByElement(Spot spot, List<Finding> found) {
    spot.nodes("subscript").stream()
        .flatMap(s -> s.all("subscript").stream())
        .filter(i -> i.is("slice"))
        .flatMap(i -> i.find("identifier"))
        .filter(
            n ->
                spot.bound(n)
                    .filter(v -> v.is("subscript") && !spot.device(v).isHost())
                    .isPresent())
        .findFirst()
        .ifPresent(
            n ->
                add(
                    spot,
                    found,
                    0.62,
                    "The bound %s is one element of an array".formatted(quote(n)),
                    "is it read from the device?"));
  }

  private static void add(
      Spot spot, List<Finding> found, double confidence, String what, String question) {
    found.add(
        Finding.of(
            HOST_SYNC,
            confidence,
            String.format(
                Locale.ROOT,
                "%s, and takes %.1f µs a hit: %s",
                what,
                spot.microsPerHit(),
                question)));
  }
}
