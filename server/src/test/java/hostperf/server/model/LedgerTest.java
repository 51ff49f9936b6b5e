package hostperf.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.configuration.ModelSettings.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @TempDir Path folder;

  private Ledger ledger(Budget budget) {
    return new Ledger(folder, budget, CLOCK);
  }

  private static Chat answering(int input, int output) {
    return (_, _) -> new ModelReply.Answered(new Turn.Said("yes", List.of()), input, output);
  }

  @Test
  void countsWhatAllTranscriptsOfTheRunUsed() {
    var ledger = ledger(new Budget(10_000, Optional.empty(), 2.0, 10.0));
    for (var file : List.of("round-1.jsonl", "round-2.jsonl")) {
      new Talk(answering(1_000, 100), ledger, folder.resolve(file), "rules").ask("?", List.of());
    }
    assertThat(ledger.used()).isEqualTo(new Ledger.Used(2_000, 200, 0.006));
  }

  @Test
  void asksNoMoreWhenTheTokensAreUsedUp() {
    var ledger = ledger(new Budget(1_500, Optional.empty(), 0, 0));
    var talk = new Talk(answering(1_000, 600), ledger, folder.resolve("round-1.jsonl"), "rules");
    assertThat(talk.ask("first", List.of())).isInstanceOf(ModelReply.Answered.class);
    assertThat(talk.ask("second", List.of()))
        .isEqualTo(new ModelReply.Failed("the run's budget of 1,500 tokens is used up"));
  }

  @Test
  void asksNoMoreWhenTheMoneyIsUsedUp() {
    var ledger = ledger(new Budget(1_000_000, Optional.of(0.01), 5.0, 20.0));
    var talk = new Talk(answering(1_000, 600), ledger, folder.resolve("round-1.jsonl"), "rules");
    talk.ask("first", List.of());
    assertThat(ledger.spent()).contains("the run's budget of 0.01 is used up");
  }

  @Test
  void writesEveryTurnOnce() throws IOException {
    var file = folder.resolve("round-1.jsonl");
    var talk =
        new Talk(
            answering(1, 1), ledger(new Budget(99, Optional.empty(), 0, 0)), file, "the rules");
    talk.ask("first", List.of());
    talk.ask("second", List.of());
    var lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("the rules", "first", "yes");
    assertThat(lines.get(1)).contains("second").doesNotContain("first", "the rules");
  }
}
