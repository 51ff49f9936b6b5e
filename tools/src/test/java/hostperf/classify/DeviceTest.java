package hostperf.classify;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Hotspot.Mark;
import hostperf.fact.Counted;
import hostperf.fact.Facts;
import hostperf.fact.LineFact;
import hostperf.profile.Observed;
import hostperf.source.Sources;
import hostperf.stacks.Frame;
import hostperf.stacks.Own;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.Stack;
import hostperf.stacks.StackProfile;
import hostperf.stacks.ThreadStacks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A line whose time is the device working is no target, and says its share.
class DeviceTest {
  private static final String FORWARD =
      """
      class Engine:
          def step(self, batch):
              out = self.model(batch)  # hot
              return out
      """;

  private static StackProfile samples(int weight) {
    var stack = new Stack(List.of(new Frame("Engine.step", "case.py", 3)), weight);
    return new StackProfile(
        List.of(new ThreadStacks(1, "main", List.of(stack), false)),
        StackProfile.Unit.SAMPLES,
        "test");
  }

  private static Ranking ranking(int holding) {
    var root = new Root("Engine.step", "case.py", Root.How.CONFIGURED);
    return Ranking.of(
        samples(100), Optional.of(samples(holding)), root, new Own(Path.of(""), root));
  }

  private static Hotspot first(String text, Optional<Ranking> ranking, List<LineFact> lines) {
    var marked = Marked.of(text);
    var counted = Counted.in(100, 1);
    var facts = new Facts(counted, lines, List.of(), List.of(), Map.of());
    var observed =
        new Observed(
            ranking, marked.profile(), facts, List.of(), List.of(), Optional.empty(), Map.of());
    return new Classifier(Marked.HEADS)
        .hotspots(observed, Sources.of(marked.file()), Marked.target("generic"), 5)
        .getFirst();
  }

  @Test
  void theModelsForwardThatLaunchesIsTheDevicesWork() {
    var launched =
        new LineFact(
            LineFact.Kind.DEVICE_OP, new LineFact.Place("/x/case.py", 3, "step"), "", 900, 0, 0);
    var spot = first(FORWARD, Optional.empty(), List.of(launched));
    assertThat(spot.judgement().mark()).isEqualTo(Mark.DEVICE);
    assertThat(spot.judgement().isTarget()).isFalse();
    assertThat(spot.cost().share()).isGreaterThan(0.9);
  }

  @Test
  void theModelsForwardWithoutHostWorkInItsSamplesIsTheDevicesWork() {
    var spot = first(FORWARD, Optional.of(ranking(2)), List.of());
    assertThat(spot.judgement().facts())
        .anySatisfy(
            f ->
                assertThat(f.text())
                    .isEqualTo("`step` held the interpreter lock in 2% of its own time"));
    assertThat(spot.judgement().mark()).isEqualTo(Mark.DEVICE);
  }

  @Test
  void aForwardThatHoldsTheLockIsATarget() {
    var spot = first(FORWARD, Optional.of(ranking(90)), List.of());
    assertThat(spot.judgement().mark()).isEqualTo(Mark.TARGET);
  }

  @Test
  void aNameAloneMarksNothing() {
    assertThat(Marked.of(FORWARD).first().judgement().mark()).isEqualTo(Mark.TARGET);
  }

  @Test
  void aGraphThatTheClassMakesIsReplayedOnTheDevice() {
    var text =
        """
        import torch

        class Runner:
            def __init__(self):
                self.captured = torch.cuda.CUDAGraph()

            def step(self):
                self.captured.replay()  # hot
        """;
    assertThat(Marked.of(text).first().judgement().mark()).isEqualTo(Mark.DEVICE);
    assertThat(
            Marked.of(text.replace("torch.cuda.CUDAGraph()", "Log()")).first().judgement().mark())
        .isEqualTo(Mark.TARGET);
  }
}
