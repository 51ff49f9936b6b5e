package hostperf.propose;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Catalog;
import hostperf.catalog.TargetMaps;
import hostperf.catalog.TypeHead;
import hostperf.classify.Classifier;
import hostperf.profile.LineProfileReader;
import hostperf.profile.Observed;
import hostperf.source.Sources;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Inputs after public reports, with the right answer.
class FieldTest {
  @Test
  void doesNotTakeAnEntryOutOfAQueueOnceForAllTurns() {
    var folder = Golden.root().resolve("tools/src/test/resources/field/queue_get");
    var references = Golden.root().resolve("references");
    var profile = LineProfileReader.read(folder.resolve("profile.txt")).profile();
    var sources = new Sources(folder);
    var target = TargetMaps.read(references).of("generic");
    var hotspot =
        new Classifier(TypeHead.read(references)).hotspots(profile, sources, target, 1).getFirst();

    var proposal =
        new Proposer(List.of())
            .propose(hotspot, Observed.of(profile), sources, Catalog.read(references));

    assertThat(hotspot.place().source()).isEqualTo("total += self.q.get() + row");
    assertThat(proposal.options()).noneMatch(o -> o.draft().isPresent());
    assertThat(proposal.options())
        .flatExtracting(o -> o.advice().mustHold())
        .noneMatch(m -> m.seen() == Option.Seen.SEEN);
  }

  @Test
  void draftsNothingForAValueThatTheNextTurnReads() {
    var folder = Golden.root().resolve("tools/src/test/resources/field/loop_carried");
    var references = Golden.root().resolve("references");
    var profile = LineProfileReader.read(folder.resolve("profile.txt")).profile();
    var sources = new Sources(folder);
    var target = TargetMaps.read(references).of("generic");
    var hotspot =
        new Classifier(TypeHead.read(references)).hotspots(profile, sources, target, 1).getFirst();

    var proposal =
        new Proposer(List.of())
            .propose(hotspot, Observed.of(profile), sources, Catalog.read(references));

    assertThat(proposal.options()).noneMatch(o -> o.draft().isPresent());
  }
}
