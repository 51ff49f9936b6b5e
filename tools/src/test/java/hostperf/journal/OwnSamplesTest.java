package hostperf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.measure.Launched;
import hostperf.measure.MeasurementEvent;
import hostperf.measure.Sample;
import hostperf.measure.Slot;
import hostperf.measure.Surroundings;
import hostperf.run.sampling.KeptSamples;
import hostperf.seal.UserState;
import hostperf.verdict.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What patched code appends to a journal is no sample, whatever it says.
class OwnSamplesTest {
  private static final RunId RUN = new RunId("run-abcd2345");
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @TempDir Path folder;
  private Runs server;

  @BeforeEach
  void begin() {
    server = process();
    var _ = server.begin(RUN, Samples.SETUP);
  }

  @Test
  void aLineThatThisProcessDidNotTakeDoesNotCount() {
    keep(server, sample(1, Side.BASE, 100));
    forge(sample(1, Side.CANDIDATE, 900));
    assertThat(throughputs(server)).containsExactly(100.0);
    assertThat(new KeptSamples(server, RUN).strangers()).isEqualTo(1);
  }

  @Test
  void noMoreDoesACopyOfALineThatItTook() {
    var own = sample(1, Side.BASE, 100);
    keep(server, own);
    forge(own);
    assertThat(throughputs(server)).containsExactly(100.0);
    assertThat(new KeptSamples(server, RUN).strangers()).isEqualTo(1);
  }

  @Test
  void whatWasTakenStandsWhateverBecomesOfTheJournal() throws IOException {
    keep(server, sample(1, Side.BASE, 100));
    var file = server.folder(RUN).journal();
    Files.writeString(file, Files.readString(file).replace("100.0", "900.0"));
    assertThat(throughputs(server)).containsExactly(100.0);
    assertThatThrownBy(() -> new KeptSamples(server, RUN).strangers())
        .as("an edited line is not believed")
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Line 2");
  }

  @Test
  void anEarlierProcessHasLeftSamplesThatCountOn() {
    keep(server, sample(1, Side.BASE, 100));
    keep(server, sample(1, Side.CANDIDATE, 104));
    var next = process();
    var _ = next.load(RUN);
    assertThat(throughputs(next)).containsExactly(100.0, 104.0);
    forge(sample(2, Side.BASE, 10));
    var _ = next.load(RUN);
    assertThat(throughputs(next)).as("read once, before anything runs").hasSize(2);
  }

  @Test
  void twoSamplesForOneLaunchAreNotTakenOver() {
    keep(server, sample(1, Side.BASE, 100));
    keep(server, sample(1, Side.CANDIDATE, 104));
    forge(sample(1, Side.CANDIDATE, 900));
    var next = process();
    var _ = next.load(RUN);
    assertThat(throughputs(next))
        .as("the pair's other half is measured anew")
        .containsExactly(100.0);
  }

  @Test
  void samplesOfAnOlderVersionAreRead() {
    var json = JsonMapper.builder().build();
    var old =
        json.writeValueAsString(sample(1, Side.BASE, 100))
            .replaceAll(",\"processorSeconds\":[^,]*,\"matches\":\\{[^}]*}", "");
    assertThat(old).doesNotContain("matches");
    server.journal(RUN).append(new Event.Measured("patch-1", old));
    var next = process();
    var _ = next.load(RUN);
    assertThat(next.samples().of(RUN, "patch-1"))
        .singleElement()
        .satisfies(s -> assertThat(s.launched().processorSeconds()).isEmpty())
        .satisfies(s -> assertThat(s.launched().matches()).isEmpty());
  }

  @Test
  void aSampleThatCannotBeReadIsRefused() {
    server.journal(RUN).append(new Event.Measured("patch-1", "{\"slot\": 3}"));
    assertThatThrownBy(() -> process().load(RUN))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("A sample of patch-1 in the run's journal cannot be read");
  }

  /// A process of this user.
  private Runs process() {
    return new Runs(new Home(folder, new UserState(folder.resolve("state"))), CLOCK);
  }

  private List<Double> throughputs(Runs runs) {
    return new KeptSamples(runs, RUN)
        .of("patch-1").stream()
            .map(s -> s.launched().metrics().getOrDefault("throughput", 0.0))
            .toList();
  }

  private static void keep(Runs runs, Sample sample) {
    new KeptSamples(runs, RUN).keep("patch-1", new MeasurementEvent.Took(sample));
  }

  /// As a program would that can write, and even seal, what this process can.
  private void forge(Sample sample) {
    var json = JsonMapper.builder().build().writeValueAsString(sample);
    server.journal(RUN).append(new Event.Measured("patch-1", json));
  }

  private static Sample sample(int pair, Side side, double throughput) {
    var launched =
        new Launched(
            Optional.empty(),
            Map.of("throughput", throughput),
            Surroundings.UNKNOWN,
            Optional.empty(),
            Instant.EPOCH,
            1);
    return new Sample(new Slot(pair, 1, side), launched, "c0de", Optional.empty());
  }
}
