package hostperf.classify;

import hostperf.Refusal;
import hostperf.classify.facts.HotspotType;
import java.util.List;
import java.util.Optional;

/// What an agent says of a hotspot: its type and why, or why alone where facts settle the type.
public record AgentClaim(Optional<HotspotType> type, Optional<String> because) {
  public static final AgentClaim NONE = new AgentClaim(Optional.empty(), Optional.empty());

  /// The type that is meant, with the reason.
  ///
  /// @param hotspot that it is said of; empty where a patch changes no line of one
  /// @throws Refusal where a reason is given and no type is known that it could be the reason for
  public Optional<AgentWord> about(Optional<Hotspot> hotspot) {
    return type.isEmpty() && because.isPresent()
        ? Optional.of(new AgentWord(settled(hotspot), because))
        : type.map(t -> new AgentWord(t, because));
  }

  private static HotspotType settled(Optional<Hotspot> hotspot) {
    var of =
        hotspot.orElseThrow(
            () ->
                new Refusal(
                    "`because` says why a hotspot is of its type, and the patch changes no line of a hotspot that was classified.",
                    "Give `hotspot_id` and `type` as well, or put the reason into `summary`."));
    return of.type()
        .orElseThrow(
            () ->
                new Refusal(
                    "`because` is given without `type`, and facts leave the type of %s open."
                        .formatted(of.id()),
                    "Give `type` as well%s, or leave `because` out."
                        .formatted(permitted(of.types()))));
  }

  private static String permitted(List<HotspotType> types) {
    return types.isEmpty()
        ? ""
        : "; facts permit "
            + String.join(" and ", types.stream().map(Enum::name).toList())
                .replaceAll(" and (?=.* and )", ", ");
  }
}
