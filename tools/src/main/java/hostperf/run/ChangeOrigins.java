package hostperf.run;

import hostperf.Refusal;
import hostperf.classify.Hotspot;
import hostperf.journal.Change;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.patch.LineMap;
import hostperf.patch.Patch;
import hostperf.propose.Option;
import hostperf.source.PythonFile;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where a change comes from, and which hotspot it is for.
record ChangeOrigins(Run run, Stored stored) {
  /// An agent's own edit is for what its aim says, else for what it changes.
  Change.Origin of(
      Patching.Request request, Patching.Aim aim, Optional<Option> option, Patch patch) {
    var profileId = run.currentProfile();
    var how =
        switch (request) {
          case Patching.Request.OfOption _ -> "option";
          case Patching.Request.OfDiff _ -> "patch";
          case Patching.Request.OfEdits _ -> "edits";
          case Patching.Request.OfWorktree _ -> "worktree";
        };
    if (aim.hotspotId().isPresent() && profileId.isEmpty()) {
      throw new Refusal(
          "Hotspot %s is of a profile that was taken before a patch was kept."
              .formatted(aim.hotspotId().get()),
          "Leave `hotspot_id` out, or call `profile` and `classify` for the hotspots of the code as"
              + " it is.");
    }
    var hotspot =
        option.isPresent()
            ? run.proposed().map(Event.Proposed::hotspotId)
            : aim.hotspotId().or(() -> profileId.flatMap(id -> touched(id, patch)));
    var spot = hotspot.flatMap(id -> profileId.map(profile -> stored.hotspot(profile, id)));
    var word =
        option.isPresent() ? run.proposed().flatMap(Event.Proposed::word) : aim.claim().about(spot);
    // What an agent names is held against the facts of the hotspot that it is named for.
    spot.ifPresent(h -> word.ifPresent(w -> w.on(h)));
    return new Change.Origin(
        how,
        profileId,
        hotspot,
        option.map(Option::id),
        option.map(Option::pattern),
        option.flatMap(Option::draft).map(d -> d.by()),
        word);
  }

  /// The hotspot that a change is aimed at: one whose line it rewrites, the most costly first; else
  /// the one that options were last proposed for, when the patch changes its function.
  private Optional<String> touched(String profileId, Patch patch) {
    var hotspots = stored.hotspots(profileId);
    var rewritten =
        hotspots.stream()
            .filter(
                h ->
                    patch.changes().stream()
                        .anyMatch(
                            c ->
                                c.path().equals(h.place().file())
                                    && LineMap.of(c).after(h.place().line()).isEmpty()))
            .map(h -> h.id())
            .findFirst();
    return rewritten.or(
        () ->
            run.proposed()
                .map(Event.Proposed::hotspotId)
                .filter(
                    id ->
                        hotspots.stream()
                            .anyMatch(h -> h.id().equals(id) && isIn(h.place(), patch))));
  }

  /// Whether the patch changes a line of the function that the hotspot stands in.
  static boolean isIn(Hotspot.Place place, Patch patch) {
    return patch.changes().stream()
        .filter(c -> c.path().equals(place.file()))
        .anyMatch(
            c ->
                PythonFile.of(c.path(), c.before())
                    .functionAt(place.line())
                    .filter(
                        f ->
                            LineMap.of(c).stretches().stream()
                                .anyMatch(
                                    s ->
                                        IntStream.rangeClosed(f.firstLine(), f.endLine())
                                            .anyMatch(l -> s.before().contains(l))))
                    .isPresent());
  }
}
