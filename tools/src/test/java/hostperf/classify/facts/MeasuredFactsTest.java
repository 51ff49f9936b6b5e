package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Classifier;
import hostperf.classify.Hotspot;
import hostperf.classify.Marked;
import hostperf.fact.Counted;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.profile.Observed;
import hostperf.source.Sources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a pass saw goes before what the source shows.
class MeasuredFactsTest {
  private static Hotspot with(LineFact.Kind kind, String text) {
    return with(kind, text, 0.002);
  }

  /// @param seconds of 1 s in which the facts were counted
  private static Hotspot with(LineFact.Kind kind, String text, double seconds) {
    return with(kind, text, seconds, 100);
  }

  private static Hotspot with(LineFact.Kind kind, String text, double seconds, long count) {
    var marked = Marked.of(text);
    var line =
        new LineFact(kind, new LineFact.Place("/x/case.py", 2, "step"), "", count, seconds, 0);
    var facts = new Facts(Counted.in(100, 1), List.of(line), List.of(), List.of(), Map.of());
    var observed =
        new Observed(
            Optional.empty(),
            marked.profile(),
            facts,
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of());
    return new Classifier(Marked.HEADS)
        .hotspots(observed, Sources.of(marked.file()), Marked.target("generic"), 5)
        .getFirst();
  }

  @Test
  void aReadBackThatWasSeenSettlesTheType() {
    var hotspot =
        with(
            LineFact.Kind.READ_BACK,
            "def step(state):\n    n = state.total()  # hot\n    return n\n");
    assertThat(hotspot.type()).contains(HotspotType.HOST_SYNC);
    assertThat(hotspot.reasons())
        .containsExactly("Line 2: reads a value of the device on the host, 100 times (1 a step)");
  }

  @Test
  void whereAGraphIsReplayedTheDeviceWorks() {
    var hotspot =
        with(
            LineFact.Kind.GRAPH_REPLAY,
            "def step(run):\n    out = run.replay()  # hot\n    return out\n");
    assertThat(hotspot.judgement().mark()).isEqualTo(Hotspot.Mark.DEVICE);
  }

  @Test
  void aWaitThatWasSeenIsNoTarget() {
    var hotspot =
        with(LineFact.Kind.WAIT, "def step(q):\n    item = q.take()  # hot\n    return item\n");
    assertThat(hotspot.judgement().mark()).isEqualTo(Hotspot.Mark.WAITS);
  }

  /// A helper hides it from the source.
  @Test
  void aReadOfTheEnvironmentIsToBeMovedOut() {
    var text = "def step(flags):\n    on = flags.is_on()  # hot\n    return on\n";
    assertThat(with(LineFact.Kind.ENVIRONMENT, text).type()).contains(HotspotType.HOIST);
  }

  /// A collection begins wherever the next object is made.
  @Test
  void aCollectionThatTookNextToNothingOfALinesTimeIsNotWhatItCosts() {
    var text = "def step(rows):\n    out = [list(r) for r in rows]  # hot\n    return out\n";
    assertThat(with(LineFact.Kind.GC_PAUSE, text, 0.9).judgement().facts())
        .extracting(Fact::known)
        .contains(Known.DID_COLLECT);
    assertThat(with(LineFact.Kind.GC_PAUSE, text, 0.000_012).judgement().facts())
        .extracting(Fact::known)
        .doesNotContain(Known.DID_COLLECT);
  }

  /// A single one may have been held up by anything.
  @Test
  void oneLongCollectionIsNotWhatALineCosts() {
    var text = "def step(rows):\n    out = [list(r) for r in rows]  # hot\n    return out\n";
    assertThat(with(LineFact.Kind.GC_PAUSE, text, 0.9, 1).judgement().facts())
        .extracting(Fact::known)
        .doesNotContain(Known.DID_COLLECT);
  }

  @Test
  void aNameAloneSettlesNothing() {
    var hotspot = Marked.of("def step(reqs):\n    send_rows(reqs)  # hot\n").first();
    assertThat(hotspot.type()).isEmpty();
  }
}
