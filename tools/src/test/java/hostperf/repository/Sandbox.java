package hostperf.repository;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A checkout made by the real git, and questions put to the real git.
record Sandbox(Path root) {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  private static final Map<String, String> QUIET =
      Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null", "LC_ALL", "C");

  private static final String USERS_COMMIT =
      "echo mine >>notes.txt && git add notes.txt"
          + " && git -c commit.gpgsign=false commit -q -m mine notes.txt";

  /// `pkg/a.py`, `pkg/b.py` (executable), `other.txt` and `tests/test_a.py`, committed on main.
  static Sandbox create(Path folder) {
    Sandbox sandbox = new Sandbox(folder);
    sandbox.write("pkg/a.py", "one\ntwo\nthree\n");
    sandbox.write("pkg/b.py", "#!/usr/bin/env python3\nb = 1\n");
    sandbox.write("other.txt", "other\n");
    sandbox.write("tests/test_a.py", "def test_a(): pass\n");
    boolean _ = sandbox.file("pkg/b.py").toFile().setExecutable(true);
    sandbox.git("init", "-q", "-b", "main");
    sandbox.git("config", "user.name", "Ada");
    sandbox.git("config", "user.email", "ada@example.org");
    sandbox.git("add", ".");
    sandbox.git("commit", "-q", "-m", "base");
    return sandbox;
  }

  GitRepository open() {
    return GitRepository.at(root, CLOCK);
  }

  String git(String... arguments) {
    Finished finished = tryGit(arguments);
    assertThat(finished.succeeded()).describedAs(finished.output()).isTrue();
    return finished.output().strip();
  }

  Finished tryGit(String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Finished run(List<String> command) {
    return new LocalProcesses()
        .run(new Command(command, root, QUIET, Duration.ofMinutes(1), Optional.empty()));
  }

  Path file(String path) {
    return root.resolve(path);
  }

  void write(String path, String content) {
    try {
      Files.createDirectories(file(path).resolveSibling("."));
      Files.writeString(file(path), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String path) {
    return CheckoutPaths.read(file(path));
  }

  /// Every file of the work tree with its bytes and mode, `.git` left out.
  Map<String, String> snapshot() {
    return snapshot(root, ".git");
  }

  /// Every file below a folder, with what tells a change.
  static Map<String, String> snapshot(Path folder, String leftOut) {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.equals(leftOut) && !name.startsWith(leftOut + "/")) {
          files.put(
              name,
              Objects.idOf(Files.readAllBytes(file)) + " " + Files.getPosixFilePermissions(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /// git finds nothing wrong, no lock or temporary file is left.
  void assertHealthy() {
    assertThat(tryGit("fsck", "--strict", "--no-dangling").output()).isEmpty();
    assertNothingLeft();
  }

  void assertUserCanCommit() {
    assertThat(run(List.of("sh", "-c", USERS_COMMIT)).output()).isEmpty();
  }

  /// Both, and nothing is uncommitted; in one go, because it is asked after every crash.
  void assertWhole() {
    assertNothingLeft();
    String script = "git fsck --strict --no-dangling && git status --porcelain && " + USERS_COMMIT;
    assertThat(run(List.of("sh", "-c", script)).output()).isEmpty();
  }

  private void assertNothingLeft() {
    try (var all = Files.walk(root)) {
      assertThat(all.map(Path::getFileName).map(Path::toString))
          .noneMatch(n -> n.endsWith(".lock") || n.contains("hostperf-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
