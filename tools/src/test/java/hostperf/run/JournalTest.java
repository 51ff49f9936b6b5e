package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path folder;

  private Journal journal() {
    return new Journal(
        folder.resolve("journal.jsonl"),
        InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private List<Event> events() {
    return journal().entries().stream().map(Journal.Entry::event).toList();
  }

  @Test
  void givesBackEveryKindOfEventAsItWas() {
    var all =
        List.<Event>of(
            new Event.Started(Samples.SETUP),
            new Event.Profiled("p0", "baseline"),
            new Event.PatchIntended(Samples.change(1)),
            new Event.Tested("patch-1", Samples.tests("test_a")),
            new Event.Validated("patch-1", Samples.ruling(Ruling.Decision.KEEP)),
            new Event.RollbackIntended("patch-1", "slower", Samples.INTENT),
            new Event.SwapEnded(),
            new Event.Noted("note", "ünïcode\nand a line"));
    all.forEach(journal()::append);
    assertThat(events()).isEqualTo(all);
  }

  private void crashWhileWriting() throws IOException {
    journal().append(new Event.Profiled("p0", "baseline"));
    Files.writeString(
        folder.resolve("journal.jsonl"),
        "{\"at\":\"2026-01-01T00:00:00Z\",\"ev",
        StandardOpenOption.APPEND);
  }

  @Test
  void leavesOutALineThatACrashCutShort() throws IOException {
    crashWhileWriting();
    assertThat(events()).containsExactly(new Event.Profiled("p0", "baseline"));
  }

  @Test
  void cutsTheBrokenLineOffBeforeItGoesOn() throws IOException {
    crashWhileWriting();
    journal().append(new Event.SwapEnded());
    assertThat(events())
        .containsExactly(new Event.Profiled("p0", "baseline"), new Event.SwapEnded());
  }

  @Test
  void tellsARunFromItsJournal() {
    var runs = new Runs(folder, InstantSource.system());
    var run = runs.begin(new RunId("run-abcd2345"), Samples.SETUP);
    run = runs.append(run, new Event.Profiled("p0", "baseline"));
    run = runs.append(run, new Event.Analyzed("p0", 2));
    assertThat(runs.load(run.id())).isEqualTo(run);
    assertThat(folder.resolve(".hostperf/.gitignore")).hasContent("*");
  }
}
