package hostperf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.FolderContents;
import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.seal.UserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A checkout under the real git, with a file beside it that nothing may touch, and a user.
///
/// @param folder holds the checkout, the user's state and what lies outside
public record Clone(Path folder) {
  public static final RunId ID = new RunId("run-abcd2345");
  public static final String BASE = "one\n";

  /// `pkg/a.py`, committed on main.
  public static Clone in(Path folder) throws IOException {
    var clone = new Clone(folder.toRealPath());
    Files.createDirectories(clone.root());
    clone.write("pkg/a.py", BASE);
    clone.git("init", "-q", "-b", "main");
    clone.commit("base");
    Files.writeString(clone.outside(), "mine\n");
    return clone;
  }

  public Path root() {
    return folder.resolve("checkout");
  }

  /// What `../outside` means in the checkout.
  public Path outside() {
    return folder.resolve("outside");
  }

  public UserState state() {
    return new UserState(folder.resolve("state/hostperf"));
  }

  public Path home() {
    return root().resolve(".hostperf");
  }

  public Path journal() {
    return home().resolve(ID.value()).resolve("journal.jsonl");
  }

  /// As a new process would open it.
  public Checkout open() {
    return new Checkout(
        root(), new LocalProcesses(), InstantSource.system(), new SecureRandom(), state());
  }

  public Path write(String file, String text) throws IOException {
    var path = root().resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  public String git(String... arguments) {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=u", "-c", "user.email=u@localhost"));
    command.addAll(List.of(arguments));
    var environment = Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null");
    var finished =
        new LocalProcesses()
            .run(
                new Command(
                    command, root(), environment, Duration.ofSeconds(30), Optional.empty()));
    assertThat(finished.succeeded()).as(finished.output()).isTrue();
    return finished.output().strip();
  }

  public void commit(String message) {
    git("add", "-f", ".");
    git("commit", "-q", "--no-verify", "-m", message);
  }

  /// A run with a few lines in its journal.
  public Run begun() {
    var head = git("rev-parse", "HEAD");
    var base = new Setup.Base(head, "refs/heads/main", "hostperf/" + ID, "2026-01-01T00:00:00Z");
    var setup =
        new Setup(
            "raise throughput", 2, base, Samples.SETUP.configuration(), Map.of(), Optional.empty());
    var runs = open().runs();
    var run = runs.begin(ID, setup);
    run = runs.append(run, new Event.Profiled("p0", "baseline"));
    return runs.append(run, new Event.Analyzed("p0", 3));
  }

  /// Every file of the folder but for git's objects and the user's state, with what tells a change.
  public Map<String, String> everything() throws IOException {
    return FolderContents.of(
        folder, name -> !name.startsWith("checkout/.git/objects") && !name.startsWith("state/"));
  }

  /// That nothing of its run is believed, and that the reason says so in these words.
  public void assertRefused(String... words) {
    var checkout = open();
    assertThat(checkout.runs().all()).isEmpty();
    assertThat(String.join("\n", checkout.notBelieved())).contains(words);
    assertThatThrownBy(() -> checkout.runs().load(ID)).isInstanceOf(Refusal.class);
  }
}
