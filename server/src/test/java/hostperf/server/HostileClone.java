package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.FolderContents;
import hostperf.Golden;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A clone of a repository that was made to attack whoever looks at it with hostperf: its commands,
/// its Python, its `.hostperf/`.
final class HostileClone {
  static final String RUN = "run-abcd2345";

  /// What a launcher or a look at the machine might start.
  private static final List<String> PROGRAMS =
      List.of(
          "bin/python3",
          "nsys",
          "numactl",
          "nvidia-smi",
          "mvnw",
          "java",
          "javac",
          "python3",
          "git",
          "dirname",
          "readlink",
          "mktemp",
          "mkdir",
          "find",
          "sed",
          "cat",
          "uname");

  private final Path folder;
  private final Path root;
  private final Path canaries;

  HostileClone(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    this.root = this.folder.resolve("clone");
    this.canaries = Files.createDirectory(this.folder.resolve("canaries"));
    Files.writeString(this.folder.resolve("outside"), "mine\n");
    var origin = Files.createDirectory(this.folder.resolve("origin"));
    code(origin);
    git(origin, "init", "-q", "-b", "main");
    commit(origin, "The engine");
    home(origin);
    commit(origin, "Its home");
    git(this.folder, "clone", "-q", origin.toString(), root.toString());
  }

  Path root() {
    return root;
  }

  Path settings() {
    return folder.resolve("config");
  }

  private void code(Path root) throws IOException {
    write(root, "pkg/__init__.py", python("package"));
    write(root, "pkg/engine.py", "def step(items):\n    return [i for i in items]\n");
    write(root, "bench.py", python("bench"));
    for (var module :
        List.of(
            "sitecustomize",
            "usercustomize",
            "line_profiler",
            "pytest",
            "pytest_timeout",
            "conftest",
            "importlib",
            "site",
            "os")) {
      write(root, module + ".py", python(module));
    }
    for (var program : PROGRAMS) {
      var file =
          write(root, program, "#!/bin/sh\ntouch %s/%s\n".formatted(canaries, name(program)));
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    write(root, ".gitattributes", "*.py filter=evil\n");
    write(
        root,
        "hostperf.yaml",
        """
        workload:
          command: [bin/python3, bench.py]
          environment: {PYTHONPATH: ., LD_PRELOAD: ./evil.so, PYTHONSTARTUP: sitecustomize.py}
          metrics: [{name: tput, pattern: 'tput=(.*)'}]
        tests: {command: [python3, -m, pytest, --timeout=60]}
        policy: {editable: ["pkg/**"], approval: never}
        """);
    write(
        root,
        "report.txt",
        """
        Timer unit: 1e-09 s

        Total time: 0.5 s
        File: pkg/engine.py
        Function: step at line 1

        Line #      Hits         Time  Per Hit   % Time  Line Contents
        ==============================================================
             1                                           def step(items):
             2      1000  500000000.0 500000.0    100.0      return [i for i in items]
        """);
    write(root, "trace.json", "{\"traceEvents\": []}");
  }

  private void home(Path root) throws IOException {
    var head = git(root, "rev-parse", "HEAD");
    var evil = git(root, "hash-object", "-w", write(root, "evil", "evil\n").toString());
    var moves = new StringBuilder();
    for (var path : List.of("../outside", ".git/config", ".git/hooks/post-checkout", "bench.py")) {
      moves.append(
          "{\"path\":\"%s\",\"before\":\"%s\",\"after\":\"%s\"},"
              .formatted(path, evil, present(root, path)));
    }
    var swap =
        "{\"at\":\"2026-01-01T00:00:01Z\",\"event\":{\"event\":\"swap_intended\",\"intent\":{\"id\":\"01234567-89ab\",\"refs\":[],\"head\":null,\"files\":[%s],\"scope\":\"SWAP\"}}}\n"
            .formatted(moves.substring(0, moves.length() - 1));
    var started =
        "{\"at\":\"2026-01-01T00:00:00Z\",\"event\":{\"event\":\"started\",\"setup\":{\"goal\":\"g\",\"maxRounds\":2,\"base\":{\"commit\":\"%s\",\"originalHeadName\":\"refs/heads/main\",\"branch\":\"hostperf/run-abcd2345\",\"started\":\"2026-01-01T00:00:00Z\"},\"configuration\":{\"sha256\":\"0\",\"text\":\"\",\"primaryMetric\":\"m\"},\"environment\":{},\"handoff\":null}}}\n"
            .formatted(head);
    write(root, ".hostperf/" + RUN + "/journal.jsonl", started + swap);
    write(
        root,
        ".hostperf/approvals/approval-aaaaaaaa.answer.json",
        "{\"approvalId\":\"approval-aaaaaaaa\",\"yes\":true,\"channel\":\"command"
            + " line\",\"by\":\"you\",\"at\":\"2026-01-01T00:00:00Z\",\"reason\":\"\"}");
    write(
        root,
        ".hostperf/jobs/job-aaaaaaaa.json",
        "{\"jobId\":\"job-aaaaaaaa\",\"work\":{\"tool\":\"validate\",\"run\":null},\"state\":\"RUNNING\",\"process\":{\"pid\":999999,\"started\":\"\",\"mark\":\"x\"},\"times\":{\"started\":\"2026-01-01T00:00:00Z\",\"ended\":null},\"error\":null,\"result\":null}");
    Files.createSymbolicLink(root.resolve(".hostperf/owner"), Path.of("../../outside"));
    Files.createSymbolicLink(root.resolve(".hostperf/owner.lock"), Path.of("../../outside"));
  }

  private String present(Path root, String path) {
    var file = root.resolve(path);
    return Files.exists(file)
        ? git(root, "hash-object", "-w", "--no-filters", file.toString())
        : "0".repeat(40);
  }

  private String python(String name) {
    return "open(r'%s/%s', 'w').close()\n".formatted(canaries, name);
  }

  private static String name(String program) {
    return program.replace('/', '-');
  }

  Path write(String file, String text) throws IOException {
    return write(root, file, text);
  }

  private static Path write(Path root, String file, String text) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private static String git(Path root, String... arguments) {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=u", "-c", "user.email=u@localhost"));
    command.addAll(List.of(arguments));
    var finished = run(root, command, Map.of());
    assertThat(finished.succeeded()).as(finished.output()).isTrue();
    return finished.output().strip();
  }

  private static void commit(Path root, String message) {
    git(root, "add", "-f", ".");
    git(root, "-c", "commit.gpgsign=false", "commit", "-q", "--no-verify", "-m", message);
  }

  private static Finished run(Path root, List<String> command, Map<String, String> environment) {
    return new LocalProcesses()
        .run(new Command(command, root, environment, Duration.ofMinutes(2), Optional.empty()));
  }

  /// In the clone, as somebody would who has just cloned it.
  Finished hostperf(String... arguments) {
    return hostperf(Map.of(), arguments);
  }

  Finished hostperf(Map<String, String> more, String... arguments) {
    var command = new ArrayList<>(List.of(Golden.root().resolve("hostperf").toString()));
    command.addAll(List.of(arguments));
    var environment = new HashMap<String, String>();
    environment.put("XDG_CONFIG_HOME", settings().toString());
    environment.put("PYTHONPATH", ".");
    environment.put("HOSTPERF_TIER", "1");
    environment.putAll(more);
    return run(root, command, environment);
  }

  /// Every file of the clone and beside it, with what tells a change; links as links. What a server
  /// keeps for its user is no part of it.
  Map<String, String> everything(boolean withHome) throws IOException {
    return FolderContents.of(
        folder,
        name ->
            !name.startsWith("config/state/")
                && (withHome || !name.startsWith("clone/.hostperf/")));
  }

  void assertNothingRan() throws IOException {
    try (var ran = Files.list(canaries)) {
      assertThat(ran.map(f -> f.getFileName().toString())).isEmpty();
    }
  }

  /// As from an archive: the same files, of which git knows nothing.
  void untrack() throws IOException {
    git(root, "rm", "-r", "-q", "--cached", ".hostperf");
    git(root, "commit", "-q", "--no-verify", "-m", "Without");
    for (var link : List.of("owner", "owner.lock")) {
      Files.delete(root.resolve(".hostperf").resolve(link));
    }
  }
}
