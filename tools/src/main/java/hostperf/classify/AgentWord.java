package hostperf.classify;

import hostperf.Refusal;
import hostperf.classify.Hotspot.Mark;
import hostperf.classify.facts.HotspotType;
import java.util.Optional;

/// The type that an agent names for a hotspot, held against what is known.
///
/// @param because why, in the agent's words
public record AgentWord(HotspotType type, Optional<String> because) {
  /// The hotspot with this word.
  ///
  /// @throws Refusal naming the fact that contradicts it; or, where the line waits or the device
  ///     works there, when no reason is given
  public Hotspot on(Hotspot hotspot) {
    var judgement = hotspot.judgement();
    judgement.ruledOut().stream()
        .filter(r -> r.type() == type)
        .findFirst()
        .ifPresent(
            r -> {
              throw new Refusal(
                  "%s cannot be %s: %s.".formatted(hotspot.id(), type, r.fact()),
                  "Name one of %s, or leave `type` out."
                      .formatted(
                          hotspot.judgement().candidates().stream()
                              .map(c -> c.type().name())
                              .toList()));
            });
    if (!judgement.isTarget() && because.filter(b -> !b.isBlank()).isEmpty()) {
      throw new Refusal(
          "%s is marked %s, so it is not a target."
              .formatted(
                  hotspot.id(),
                  judgement.mark() == Mark.WAITS
                      ? "as an intentional wait"
                      : "as a line where the device works"),
          "Give `because` with the reason why it is one nevertheless.");
    }
    return hotspot.named(type, because.map(String::strip));
  }
}
