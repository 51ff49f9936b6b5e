package hostperf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.seal.UserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final RunId ID = new RunId("run-abcd2345");

  @TempDir Path folder;

  private Journal journal() {
    var clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
    return new Journal(home(), ID, clock);
  }

  private Home home() {
    return new Home(folder, new UserState(folder.resolve("state")));
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

  @Test
  void namesTheTokenBehindAMoveAndNobodyElse() throws IOException {
    journal().append(new Event.Profiled("p0", "baseline"));
    boolean _ =
        Actor.as(
            Optional.of("agent-1"),
            () -> {
              journal().append(new Event.SwapEnded());
              return true;
            });
    assertThat(journal().entries().stream().map(Journal.Entry::by))
        .containsExactly(Optional.empty(), Optional.of("agent-1"));
    assertThat(Files.readString(folder.resolve(".hostperf/run-abcd2345/journal.jsonl")).lines())
        .satisfiesExactly(
            first -> assertThat(first).doesNotContain("\"by\""),
            second -> assertThat(second).contains("agent-1"));
  }

  private void crashWhileWriting() throws IOException {
    journal().append(new Event.Profiled("p0", "baseline"));
    Files.writeString(
        folder.resolve(".hostperf/run-abcd2345/journal.jsonl"),
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
    var runs = new Runs(home(), InstantSource.system());
    var run = runs.begin(ID, Samples.SETUP);
    run = runs.append(run, new Event.Profiled("p0", "baseline"));
    run = runs.append(run, new Event.Analyzed("p0", 2));
    assertThat(runs.load(run.id())).isEqualTo(run);
    assertThat(folder.resolve(".hostperf/.gitignore")).hasContent("*");
  }
}
