package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hostperf.Refusal;
import hostperf.approval.Approval;
import hostperf.approval.Decision;
import hostperf.classify.Hotspot;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.repository.Intent;
import hostperf.seal.UserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A `.hostperf/` as an attacker would prepare it: nothing in it is believed that this user's
/// hostperf did not write there, and nothing is touched because of it.
class HostileHomeTest {
  @TempDir Path folder;
  private Clone clone;

  @BeforeEach
  void make() throws IOException {
    clone = Clone.in(folder);
  }

  /// What `runs`, `status` and `doctor` do, and then what a server that may write does.
  private void look() {
    var checkout = clone.open();
    var _ = checkout.runs().all();
    var _ = checkout.notBelieved();
    var _ = new Recovery(checkout).leftovers();
    var _ = checkout.owner().otherHolder();
    new Recovery(checkout).recoverIfUnowned();
  }

  private void assertRefused(String... words) {
    var checkout = clone.open();
    assertThat(checkout.runs().all()).isEmpty();
    assertThat(String.join("\n", checkout.notBelieved())).contains(words);
    assertThatThrownBy(() -> checkout.runs().load(Clone.ID)).isInstanceOf(Refusal.class);
  }

  private void forge(String path) throws IOException {
    var evil = clone.write("evil", "evil\n");
    var after = clone.git("hash-object", "-w", evil.toString());
    var target = clone.root().resolve(path);
    var before =
        Files.exists(target)
            ? clone.git("hash-object", "--no-filters", target.toString())
            : "0".repeat(40);
    var started =
        """
        {"at":"2026-01-01T00:00:00Z","event":{"event":"started","setup":{"goal":"g","maxRounds":2,
        "base":{"commit":"%s","originalHeadName":"refs/heads/main",
        "branch":"hostperf/run-abcd2345","started":"2026-01-01T00:00:00Z"},
        "configuration":{"sha256":"0","text":"","primaryMetric":"m"},
        "environment":{},"handoff":null}}}"""
            .formatted(clone.git("rev-parse", "HEAD"));
    // A swap is undone: what it "was" is put in place.
    var swapped =
        """
        {"at":"2026-01-01T00:00:01Z","event":{"event":"swap_intended","intent":{
        "id":"01234567-89ab","refs":[],"head":null,
        "files":[{"path":"%s","before":"%s","after":"%s"}],"scope":"SWAP"}}}"""
            .formatted(path, after, before);
    var text = started.replace("\n", "") + "\n" + swapped.replace("\n", "") + "\n";
    clone.write(".hostperf/" + Clone.ID + "/journal.jsonl", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", ".git/config", "pkg/a.py", ".git/hooks/pre-commit"})
  void movesNothingForAJournalThatCameAlong(String path) throws IOException {
    forge(path);
    var before = clone.everything();
    look();
    assertThat(clone.everything()).isEqualTo(before);
    assertRefused("Line 1 of", Clone.ID + "/journal.jsonl", "this user's hostperf");
  }

  @Test
  void refusesATrackedHomeByNameThoughHostperfItselfWroteIt() throws IOException {
    clone.begun();
    clone.commit("with its home");
    assertRefused(".hostperf is tracked by git", "git rm -r --cached .hostperf");
    clone.git("rm", "-r", "-q", "--cached", ".hostperf");
    assertRefused(".hostperf is tracked by git");
    clone.git("commit", "-q", "-m", "without");
    assertThat(clone.open().runs().all()).hasSize(1);
  }

  @Test
  void refusesATrackedHomeInAnyCase() throws IOException {
    clone.write(".HostPerf/notes", "mine\n");
    clone.commit("another case");
    assertThat(clone.open().home().fault()).isPresent();
  }

  @Test
  void writesNothingWhereTheHomeIsTracked() throws IOException {
    forge("../outside");
    clone.commit("all of it");
    var before = clone.everything();
    look();
    var checkout = clone.open();
    assertThatThrownBy(() -> checkout.owner().take())
        .hasMessageContaining(".hostperf is tracked by git");
    assertThatThrownBy(() -> checkout.runs().begin(new RunId("run-zzzzzzzz"), Samples.SETUP))
        .isInstanceOf(Refusal.class);
    assertThat(clone.everything()).isEqualTo(before);
  }

  @Test
  void refusesAHomeThatIsALink() throws IOException {
    clone.begun();
    Files.move(clone.home(), folder.resolve("elsewhere"));
    Files.createSymbolicLink(clone.home(), folder.resolve("elsewhere"));
    var before = clone.everything();
    look();
    assertRefused(".hostperf is a symbolic link");
    assertThat(clone.everything()).isEqualTo(before);
  }

  @Test
  void refusesAHomeThatIsNoFolder() throws IOException {
    Files.writeString(clone.home(), "");
    assertRefused(".hostperf is no folder");
  }

  @Test
  void refusesAHomeOfAnotherUser() throws IOException {
    clone.begun();
    var chown =
        new LocalProcesses()
            .run(
                new Command(
                    folder, Duration.ofSeconds(9), "chown", "12345", clone.home().toString()));
    assumeTrue(chown.succeeded(), "only root can give a folder away");
    assertRefused(".hostperf belongs to another user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner", "owner.lock"})
  void writesThroughNoLinkOfTheOwner(String name) throws IOException {
    Files.createDirectories(clone.home());
    Files.createSymbolicLink(clone.home().resolve(name), clone.outside());
    assertThatThrownBy(() -> clone.open().owner().take())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(name + " is a symbolic link");
    assertThat(clone.outside()).hasContent("mine");
  }

  @Test
  void readsAndWritesThroughNoLinkOfTheJournal() throws IOException {
    var run = clone.begun();
    Files.move(clone.journal(), clone.outside(), StandardCopyOption.REPLACE_EXISTING);
    Files.createSymbolicLink(clone.journal(), clone.outside());
    var before = clone.everything();
    assertRefused("journal.jsonl is a symbolic link");
    assertThatThrownBy(() -> clone.open().runs().append(run, new Event.Noted("a", "b")))
        .isInstanceOf(Refusal.class);
    assertThat(clone.everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"profiles", "samples", "patches", "approvals", "logs"})
  void writesThroughNoLinkInARunsFolder(String name) throws IOException {
    clone.begun();
    var target = Files.createDirectory(folder.resolve("target"));
    var run = clone.open().runs().folder(Clone.ID);
    Files.createSymbolicLink(run.path().resolve(name), target);
    assertThatThrownBy(() -> run.write(name + "/x.json", "{\"a\":1}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(name + " is a symbolic link");
    assertThat(target).isEmptyDirectory();
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
    assertRefused("Line 2 of");
  }

  @Test
  void seesALineThatWasAdded() throws IOException {
    clone.begun();
    edit(
        lines -> {
          lines.add("{\"at\":\"2026-01-01T00:00:00Z\",\"event\":{\"event\":\"swap_ended\"}}");
          return lines;
        });
    assertRefused("Line 4 of");
  }

  @Test
  void seesALineThatIsThereTwice() throws IOException {
    clone.begun();
    edit(
        lines -> {
          lines.add(lines.getLast());
          return lines;
        });
    assertRefused("Line 4 of");
  }

  @Test
  void seesLinesThatChangedPlaces() throws IOException {
    clone.begun();
    edit(
        lines -> {
          Collections.swap(lines, 1, 2);
          return lines;
        });
    assertRefused("Line 2 of");
  }

  @Test
  void seesALineThatWasTakenOut() throws IOException {
    clone.begun();
    edit(
        lines -> {
          lines.remove(1);
          return lines;
        });
    assertRefused("Line 2 of");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void seesThatTheEndWasCutOff(int lines) throws IOException {
    clone.begun();
    edit(all -> all.subList(0, 3 - lines));
    assertRefused("ends after line " + (3 - lines), "wrote 3 lines");
  }

  @Test
  void seesThatTheLastLineLostItsEnd() throws IOException {
    clone.begun();
    var text = Files.readString(clone.journal());
    Files.writeString(clone.journal(), text.substring(0, text.length() - 1));
    assertRefused("ends after line 2", "wrote 3 lines");
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
    assertRefused("Line 4 of");
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
    assertRefused("heads/" + Clone.ID + ".json was not written there");
  }

  @Test
  void refusesAJournalOfWhichNothingIsKnown() throws IOException {
    clone.begun();
    Files.delete(clone.state().of(clone.root()).path().resolve("heads/" + Clone.ID + ".json"));
    assertRefused("3 lines, but this user's hostperf has no record of the run");
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

  private static Intent swap(String path, String before, String after) {
    return new Intent(
        "01234567-89ab",
        List.of(),
        Optional.empty(),
        List.of(new Intent.FileMove(path, before, after)),
        Intent.Scope.SWAP);
  }

  @ParameterizedTest
  @CsvSource({
    "../outside, `..`",
    "/etc/passwd, not relative",
    ".git/config, .git",
    ".GIT/config, .git",
    "pkg/../.git/config, `..`",
    "git~1/config, .git",
    "tests/test_a.py, is protected",
    "hostperf.yaml, is protected",
    ".hostperf/owner, is protected",
    "pkg\\a.py, backslash",
  })
  void movesNothingThatAPatchMayNotChangeThoughTheSealIsRight(String path, String why)
      throws IOException {
    var run = clone.begun();
    var evil = clone.git("hash-object", "-w", clone.write("evil", "evil\n").toString());
    clone.open().runs().append(run, new Event.SwapIntended(swap(path, evil, "1".repeat(40))));
    var before = clone.everything();
    assertThatThrownBy(
            () -> clone.open().owner().ifFree(() -> new Recovery(clone.open()).recover()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why);
    before.remove("checkout/.hostperf/owner.lock");
    var after = clone.everything();
    after.remove("checkout/.hostperf/owner.lock");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void putsNothingInPlaceThatNoCommitOfTheRunHas() throws IOException {
    var run = clone.begun();
    var evil = clone.git("hash-object", "-w", clone.write("evil", "evil\n").toString());
    var base = clone.git("rev-parse", "HEAD:pkg/a.py");
    clone.open().runs().append(run, new Event.SwapIntended(swap("pkg/a.py", evil, base)));
    assertThatThrownBy(() -> new Recovery(clone.open()).recover())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("neither HEAD nor a commit of the run");
    assertThat(clone.root().resolve("pkg/a.py")).hasContent(Clone.BASE.strip());
  }

  @Test
  void followsNoLinkOfTheCheckoutWhenItRecovers() throws IOException {
    var run = clone.begun();
    var base = clone.git("rev-parse", "HEAD:pkg/a.py");
    var mine = clone.git("hash-object", clone.outside().toString());
    clone.open().runs().append(run, new Event.SwapIntended(swap("pkg/a.py", base, mine)));
    Files.delete(clone.root().resolve("pkg/a.py"));
    Files.createSymbolicLink(clone.root().resolve("pkg/a.py"), clone.outside());
    var _ = new Recovery(clone.open()).recover();
    assertThat(clone.outside()).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs/heads/main", "refs/heads/../../config", "HEAD", "config"})
  void movesNoRefThatIsNotItsOwn(String ref) throws IOException {
    var run = clone.begun();
    var head = clone.git("rev-parse", "HEAD");
    var intent =
        new Intent(
            "01234567-89ab",
            List.of(
                new Intent.RefMove(ref, Optional.of(head), Optional.of("1".repeat(40)), "note")),
            Optional.empty(),
            List.of(),
            Intent.Scope.COMMIT);
    clone.open().runs().append(run, new Event.FinishIntended(intent));
    assertThatThrownBy(() -> new Recovery(clone.open()).recover())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is no ref of hostperf's");
  }

  @Test
  void makesNoPathOfAMovesName() throws IOException {
    var run = clone.begun();
    var intent =
        new Intent("/../../outside", List.of(), Optional.empty(), List.of(), Intent.Scope.SWAP);
    clone.open().runs().append(run, new Event.SwapIntended(intent));
    assertThatThrownBy(() -> new Recovery(clone.open()).recover())
        .hasMessageContaining("is no name of a move");
  }

  @Test
  void onlySaysWhatWasLeftHalfDoneWhereItMayNotWrite() throws IOException {
    var run = clone.begun();
    var base = clone.git("rev-parse", "HEAD:pkg/a.py");
    clone.open().runs().append(run, new Event.SwapIntended(swap("pkg/a.py", base, base)));
    var before = clone.everything();
    var recovery = new Recovery(clone.open());
    assertThat(recovery.leftovers())
        .containsExactly(Clone.ID + " was left in the middle of a move");
    assertThatThrownBy(recovery::requireNone).hasMessageContaining("this server only reads");
    assertThat(clone.everything()).isEqualTo(before);
  }

  private static final List<Hotspot> NONE = List.of();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profiles/p0.hotspots.json",
        "profiles/p0.h1.options.json",
        "samples/patch-1.json",
        "patches/patch-1.diff"
      })
  void refusesAStoredFileThatWasEditedReplacedOrRenamed(String name) throws IOException {
    clone.begun();
    var run = clone.open().runs().folder(Clone.ID);
    run.write(name, name.endsWith(".json") ? "{\"gain\":1}" : "-a\n+b\n");
    run.write("copy/" + name, name.endsWith(".json") ? "{\"gain\":9}" : "-a\n+c\n");
    assertThat(run.read(name)).isIn("{\"gain\":1}", "-a\n+b\n");
    var file = run.path().resolve(name);
    var sealed = Files.readString(file);
    var edited = sealed.replace("{\"gain\":1", "{\"gain\":2").replace("+b", "+x");
    for (var text :
        List.of(edited, "{\"gain\":3}", Files.readString(run.path().resolve("copy/" + name)))) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> run.read(name))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining(name)
          .hasMessageContaining("counts for nothing");
    }
    Files.writeString(file, sealed);
    assertThat(run.find(name)).isPresent();
  }

  @Test
  void proposesNothingFromHotspotsThatWereEdited() throws IOException {
    clone.begun();
    var stored = new Stored(clone.open().runs().folder(Clone.ID));
    stored.save("p0", NONE);
    Files.writeString(
        clone.home().resolve(Clone.ID + "/profiles/p0.hotspots.json"), "{\"hotspots\":[]}");
    assertThatThrownBy(() -> stored.hotspots("p0")).hasMessageContaining("counts for nothing");
  }

  @Test
  void leavesOutAndNamesAJobThatCameAlong() throws IOException {
    clone.begun();
    clone.write(
        ".hostperf/jobs/job-aaaaaaaa.json",
        "{\"jobId\":\"job-aaaaaaaa\",\"work\":{\"tool\":\"validate\",\"run\":null},"
            + "\"state\":\"RUNNING\",\"process\":{\"pid\":999999,\"started\":\"\",\"mark\":\"HOME\"},"
            + "\"times\":{\"started\":\"2026-01-01T00:00:00Z\",\"ended\":null},\"error\":null,"
            + "\"result\":null}");
    assertThat(new JobFiles(clone.open().home()).all()).isEmpty();
    assertThat(new Recovery(clone.open()).leftovers()).isEmpty();
    assertThat(String.join("\n", clone.open().notBelieved())).contains("job-aaaaaaaa.json");
  }

  @Test
  void namesAnOwnerThatCameAlongByNobodysName() throws IOException {
    var mine = clone.open();
    mine.owner().take();
    try (var _ = mine.owner()) {
      clone.write(".hostperf/owner", "{\"pid\":1,\"host\":\"evil\",\"since\":\"kill 1\"}");
      assertThat(clone.open().owner().otherHolder().orElseThrow().who())
          .isEqualTo("another process");
    }
  }

  private Approval question(Approval.Kind kind, String subject) {
    return approvals().question(Optional.of(Clone.ID.value()), kind, subject, "a diff");
  }

  private hostperf.approval.Approvals approvals() {
    return clone.open().approvals(Optional.of(Clone.ID));
  }

  private static Decision.Answer yes(String id) {
    return new Decision.Answer(id, true, "command line", "me", Instant.now(), "");
  }

  private Path answer(Approval question) {
    return clone.home().resolve(Clone.ID + "/approvals/" + question.id() + ".answer.json");
  }

  @Test
  void takesNoHandWrittenAnswer() throws IOException {
    clone.begun();
    var question = question(Approval.Kind.PATCH, "hash");
    Files.writeString(
        answer(question),
        "{\"approvalId\":\"%s\",\"yes\":true,\"channel\":\"command line\",\"by\":\"me\",\"at\":\"2026-01-01T00:00:00Z\",\"reason\":\"\"}"
            .formatted(question.id()));
    assertThatThrownBy(() -> approvals().decision(question))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("counts for nothing");
    assertThat(String.join("\n", clone.open().notBelieved()))
        .contains(question.id() + ".answer.json was not written there");
  }

  @Test
  void takesNoAnswerOfAnotherQuestionAndNoQuestionForAnAnswer() throws IOException {
    clone.begun();
    var one = question(Approval.Kind.PATCH, "hash");
    approvals().answer(yes(one.id()));
    var other = question(Approval.Kind.FLAGGED_PATCH, "other");
    Files.copy(answer(one), answer(other));
    assertThatThrownBy(() -> approvals().decision(other)).isInstanceOf(Refusal.class);
    Files.copy(
        answer(one).resolveSibling(one.id() + ".json"),
        answer(other),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> approvals().decision(other)).isInstanceOf(Refusal.class);
    assertThat(approvals().decision(one)).isInstanceOf(Decision.Approved.class);
  }

  @Test
  void asksAnewWhereTheQuestionWasEdited() throws IOException {
    clone.begun();
    var first = question(Approval.Kind.PATCH, "hash");
    var file = clone.home().resolve(Clone.ID + "/approvals/" + first.id() + ".json");
    Files.writeString(file, Files.readString(file).replace("a diff", "nothing much"));
    assertThat(question(Approval.Kind.PATCH, "hash").shown()).isEqualTo("a diff");
    assertThat(approvals().find(first.id())).isEmpty();
  }

  @Test
  void keepsAnswersAboutConfigurationsOutsideTheCheckoutAndNamesOthers() throws IOException {
    clone.begun();
    var approvals = clone.open().approvals(Optional.empty());
    var question =
        approvals.question(Optional.empty(), Approval.Kind.CONFIGURATION, "hash", "commands");
    assertThat(clone.home().resolve("approvals")).doesNotExist();
    clone.write(
        ".hostperf/approvals/" + question.id() + ".answer.json",
        "{\"approvalId\":\"%s\",\"yes\":true}".formatted(question.id()));
    assertThat(approvals.decision(question)).isInstanceOf(Decision.Pending.class);
    assertThat(String.join("\n", clone.open().notBelieved()))
        .contains(question.id() + ".answer.json counts for nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void letsNobodyElseReadWhateverTheUmask(String umask) throws IOException {
    var finished =
        new LocalProcesses()
            .run(
                new Command(
                    folder,
                    Duration.ofSeconds(60),
                    "sh",
                    "-c",
                    "umask %s && exec \"$@\"".formatted(umask),
                    "sh",
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BeginsARun.class.getName(),
                    folder.toString()));
    assertThat(finished.succeeded()).as(finished.output()).isTrue();
    for (var top : List.of(clone.home(), folder.resolve("state/hostperf"))) {
      try (var all = Files.walk(top)) {
        for (Path file : all.toList()) {
          var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
          assertThat(mode)
              .as(file.toString())
              .isEqualTo(
                  Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "rwx------" : "rw-------");
        }
      }
    }
  }
}
