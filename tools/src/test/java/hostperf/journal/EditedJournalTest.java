package hostperf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.seal.UserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A journal with lines that this user's hostperf did not write there, or without some it did.
class EditedJournalTest {
  @TempDir Path folder;
  private Clone clone;

  @BeforeEach
  void make() throws IOException {
    clone = Clone.in(folder);
  }

  private void edit(UnaryOperator<List<String>> how) throws IOException {
    var lines = how.apply(new ArrayList<>(Files.readAllLines(clone.journal())));
    Files.write(clone.journal(), lines);
  }

  @Test
  void seesALineThatWasEdited() throws IOException {
    clone.begun();
    edit(
        lines -> {
          lines.set(1, lines.get(1).replace("baseline", "Baseline"));
          return lines;
        });
    clone.assertRefused("Line 2 of");
  }

  @Test
  void seesALineThatWasAdded() throws IOException {
    clone.begun();
    edit(
        lines -> {
          lines.add("{\"at\":\"2026-01-01T00:00:00Z\",\"event\":{\"event\":\"swap_ended\"}}");
          return lines;
        });
    clone.assertRefused("Line 4 of");
  }

  @Test
  void seesALineThatIsThereTwice() throws IOException {
    clone.begun();
    edit(
        lines -> {
          lines.add(lines.getLast());
          return lines;
        });
    clone.assertRefused("Line 4 of");
  }

  @Test
  void seesLinesThatChangedPlaces() throws IOException {
    clone.begun();
    edit(
        lines -> {
          Collections.swap(lines, 1, 2);
          return lines;
        });
    clone.assertRefused("Line 2 of");
  }

  @Test
  void seesALineThatWasTakenOut() throws IOException {
    clone.begun();
    edit(
        lines -> {
          lines.remove(1);
          return lines;
        });
    clone.assertRefused("Line 2 of");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void seesThatTheEndWasCutOff(int lines) throws IOException {
    clone.begun();
    edit(all -> all.subList(0, 3 - lines));
    clone.assertRefused("ends after line " + (3 - lines), "wrote 3 lines");
  }

  @Test
  void seesThatTheLastLineLostItsEnd() throws IOException {
    clone.begun();
    var text = Files.readString(clone.journal());
    Files.writeString(clone.journal(), text.substring(0, text.length() - 1));
    clone.assertRefused("ends after line 2", "wrote 3 lines");
  }

  @Test
  void believesALineThatItsHeadDoesNotKnowYetByItsOwnSeal() throws IOException {
    var run = clone.begun();
    var heads = clone.state().of(clone.root()).path().resolve("heads/" + Clone.ID + ".json");
    var old = Files.readString(heads);
    clone.open().runs().append(run, new Event.Noted("a", "killed right after this line"));
    Files.writeString(heads, old);
    assertThat(clone.open().runs().load(Clone.ID).notes()).hasSize(1);
    edit(
        lines -> {
          lines.set(3, lines.get(3).replace("killed", "Killed"));
          return lines;
        });
    clone.assertRefused("Line 4 of");
  }

  @Test
  void goesOnAfterACrashThatCutALineShort() throws IOException {
    var run = clone.begun();
    Files.writeString(clone.journal(), "{\"at\":\"2026", StandardOpenOption.APPEND);
    assertThat(clone.open().runs().load(Clone.ID)).isEqualTo(run);
    clone.open().runs().append(run, new Event.Noted("a", "b"));
    assertThat(clone.open().runs().load(Clone.ID).notes()).containsExactly("b");
  }

  @Test
  void refusesARunWhoseHeadWasForged() throws IOException {
    clone.begun();
    var heads = clone.state().of(clone.root()).path().resolve("heads/" + Clone.ID + ".json");
    Files.writeString(heads, "{\"lines\":1,\"last\":\"\"}");
    clone.assertRefused("heads/" + Clone.ID + ".json was not written there");
  }

  @Test
  void refusesAJournalOfWhichNothingIsKnown() throws IOException {
    clone.begun();
    Files.delete(clone.state().of(clone.root()).path().resolve("heads/" + Clone.ID + ".json"));
    clone.assertRefused("3 lines, but this user's hostperf has no record of the run");
  }

  @Test
  void refusesTheJournalOfAnotherRun() throws IOException {
    clone.begun();
    var other = clone.home().resolve("run-zzzzzzzz");
    Files.createDirectory(other);
    Files.copy(clone.journal(), other.resolve("journal.jsonl"));
    var checkout = clone.open();
    assertThat(checkout.runs().all()).extracting(Run::id).containsExactly(Clone.ID);
    assertThat(checkout.notBelieved())
        .singleElement()
        .asString()
        .contains("Line 1 of", "run-zzzzzzzz/journal.jsonl");
  }

  @Test
  void refusesTheHomeOfAnotherCheckout() throws IOException {
    clone.begun();
    var other = Files.createDirectory(folder.resolve("other"));
    var second = new Clone(other);
    Clone.in(other);
    Files.createDirectories(second.journal().getParent());
    Files.copy(clone.journal(), second.journal());
    var here =
        new Checkout(
            second.root(),
            new LocalProcesses(),
            java.time.InstantSource.system(),
            new java.util.Random(1),
            clone.state());
    assertThat(here.runs().all()).isEmpty();
    assertThat(here.notBelieved()).singleElement().asString().contains("Line 1 of");
  }

  @Test
  void refusesWhatAnotherUsersKeySealed() throws IOException {
    clone.begun();
    var theirs = new UserState(folder.resolve("theirs"));
    assertThat(theirs.in(folder, "x").create("a.json", "{\"a\":1}")).isTrue();
    Files.copy(
        folder.resolve("theirs/key"),
        clone.state().key().file(),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    assertThatThrownBy(() -> clone.open().runs().load(Clone.ID)).isInstanceOf(Refusal.class);
  }

  @Test
  void leavesTheOtherRunsAlone() throws IOException {
    clone.begun();
    var good = clone.open().runs().begin(new RunId("run-zzzzzzzz"), Samples.SETUP);
    edit(lines -> lines.subList(1, 3));
    var checkout = clone.open();
    assertThat(checkout.runs().all()).containsExactly(good);
    checkout.runs().append(good, new Event.Noted("a", "b"));
    assertThat(clone.open().runs().load(good.id()).notes()).containsExactly("b");
  }
}
