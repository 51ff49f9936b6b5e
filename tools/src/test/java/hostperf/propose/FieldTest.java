package hostperf.propose;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Catalog;
import hostperf.catalog.TargetMaps;
import hostperf.catalog.TypeHead;
import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.lines.LineProfile;
import hostperf.lines.LineProfileReader;
import hostperf.profile.Observed;
import hostperf.source.Sources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Inputs after public reports, with the right answer.
class FieldTest {
  private static final Path REFERENCES = Golden.root().resolve("references");

  private static Path folder(String name) {
    return Golden.root().resolve("tools/src/test/resources/field").resolve(name);
  }

  private static LineProfile profile(Path folder) {
    return LineProfileReader.read(folder.resolve("profile.txt")).profile();
  }

  /// The one that takes most.
  private static Hotspot hotspot(Path folder) {
    return new Classifier(TypeHead.read(REFERENCES))
        .hotspots(
            profile(folder), new Sources(folder), TargetMaps.read(REFERENCES).of("generic"), 1)
        .getFirst();
  }

  private static Proposal proposal(Path folder) {
    return new Proposer(List.of())
        .propose(
            hotspot(folder),
            Observed.of(profile(folder)),
            new Sources(folder),
            Catalog.read(REFERENCES));
  }

  @Test
  void doesNotTakeAnEntryOutOfAQueueOnceForAllTurns() {
    var folder = folder("queue_get");
    assertThat(hotspot(folder).place().source()).isEqualTo("total += self.q.get() + row");
    var proposal = proposal(folder);
    assertThat(proposal.options()).noneMatch(o -> o.draft().isPresent());
    assertThat(proposal.options())
        .flatExtracting(o -> o.advice().mustHold())
        .noneMatch(m -> m.seen() == Option.Seen.SEEN);
  }

  @Test
  void draftsNothingForAValueThatTheNextTurnReads() {
    assertThat(proposal(folder("loop_carried")).options()).noneMatch(o -> o.draft().isPresent());
  }
}
