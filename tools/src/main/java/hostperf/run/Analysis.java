package hostperf.run;

import hostperf.Refusal;
import hostperf.catalog.Library;
import hostperf.catalog.TargetMap;
import hostperf.classify.AgentClaim;
import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.classify.UnreadLines;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.journal.Event;
import hostperf.journal.Move;
import hostperf.journal.ProfileRecord;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.propose.Drafter;
import hostperf.propose.Proposal;
import hostperf.propose.Proposer;
import hostperf.unittest.Selection;
import hostperf.unittest.TestSelection;
import hostperf.unittest.Touched;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// ANALYZE: what the hotspots of a profile are, and what could be done about one.
public final class Analysis {
  /// More hotspots than anybody reads; the file has them all.
  private static final int MOST = 200;

  private final Checkout checkout;
  private final Library library;
  private final Drafter drafter;

  /// @param drafter writes the edits that the catalogue's shapes do not
  public Analysis(Checkout checkout, Library library, Drafter drafter) {
    this.checkout = checkout;
    this.library = library;
    this.drafter = drafter;
  }

  /// @param file path of the file with every hotspot, relative to the run's folder
  /// @param unread what is known of lines that cost and could not be judged
  public record Classified(
      Run run, String profileId, List<Hotspot> hotspots, String file, Optional<String> unread) {}

  /// The hotspots of a profile that a patch may change, stored with it.
  public Classified classify(Run run, Optional<String> profileId) {
    run.require(Move.CLASSIFY);
    var stored = new Stored(checkout.runs().folder(run.id()));
    var id = profileId.or(run::currentProfile).orElseThrow(() -> noProfile(run));
    var profile = stored.profile(id);
    var policy = Patching.policy(checkout, checkout.configuration());
    var hotspots =
        new Classifier(library.types())
            .hotspots(
                profile.observed(),
                checkout.sources(),
                map(checkout.configuration()),
                policy::allows,
                MOST);
    var file = stored.save(id, hotspots);
    // Looking back at an older profile changes nothing of where the run stands.
    boolean isCurrent = run.currentProfile().map(id::equals).orElse(false);
    var next =
        isCurrent ? checkout.runs().append(run, new Event.Analyzed(id, hotspots.size())) : run;
    return new Classified(next, id, hotspots, file, unread(profile));
  }

  private Optional<String> unread(ProfileRecord profile) {
    return profile.lines().functions().isEmpty()
        ? Optional.of(
            "Profile %s has no hits, which lines are judged by: the pass `lines` was not taken or saw nothing."
                .formatted(profile.profileId()))
        : UnreadLines.of(profile.lines(), checkout.sources());
  }

  /// The options for one hotspot of the current analysis.
  ///
  /// @param claim what an agent says of it; a patch of one of these options goes for that
  public Proposal propose(Run run, String hotspotId, AgentClaim claim, Consumer<String> progress) {
    run.require(Move.PROPOSE);
    var stored = new Stored(checkout.runs().folder(run.id()));
    var profileId = run.currentProfile().orElseThrow(() -> noProfile(run));
    var known = stored.hotspot(profileId, hotspotId);
    var word = claim.about(Optional.of(known));
    var hotspot = word.map(w -> w.on(known)).orElse(known);
    var ours =
        new Proposer(library.targets().loggers())
            .propose(
                hotspot,
                stored.profile(profileId).observed(),
                checkout.sources(),
                library.catalog());
    var proposal =
        withTests(
            new ModelDrafts(checkout, drafter, library.catalog())
                .fill(run, hotspot, ours, progress),
            hotspot);
    var _ = stored.save(profileId, hotspotId, proposal);
    var _ =
        checkout
            .runs()
            .append(run, new Event.Proposed(profileId, hotspotId, proposal.recommended(), word));
    return proposal;
  }

  /// Adds to what a writer needs the tests that use the hotspot's file and function.
  private Proposal withTests(Proposal proposal, Hotspot hotspot) {
    if (proposal.context().isEmpty()) {
      return proposal;
    }
    var function = hotspot.place().function();
    var touched =
        new Touched(
            hotspot.place().file(), Set.of(function.substring(function.lastIndexOf('.') + 1)));
    var tests =
        new TestSelection(
                checkout.root(),
                checkout.repository().tracked(),
                map(checkout.configuration()).tests(),
                List.of())
            .testsFor(List.of(touched), List.of(), List.of())
            .picked();
    return proposal.with(
        proposal.context().get().withTests(tests.stream().map(Selection.Pick::test).toList()));
  }

  private TargetMap map(Configuration configuration) {
    return library.targets().of(configuration.target());
  }

  private static Refusal noProfile(Run run) {
    return new Refusal(
        "Run %s has no profile of the code as it is.".formatted(run.id()),
        "Call `profile` with run_id %s.".formatted(run.id()));
  }
}
