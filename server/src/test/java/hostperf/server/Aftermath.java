package hostperf.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// What has to hold of a checkout after a crash and a recovery: each broken promise in words.
record Aftermath(TinyCheckout checkout, String engine, String base, String patched) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// @param stage what `status` says
  List<String> faults(String stage) throws IOException {
    var faults = new ArrayList<String>();
    var now = checkout.read(engine);
    boolean isPatched = List.of("patched", "tested").contains(stage);
    if (!now.equals(isPatched ? patched : base)) {
      faults.add("at stage %s the file is %s".formatted(stage, name(now)));
    }
    var dirty = checkout.git("status", "--short");
    if (!dirty.isEmpty()) {
      faults.add("dirty: " + dirty);
    }
    if (!checkout.git("write-tree").equals(checkout.git("rev-parse", "HEAD^{tree}"))) {
      faults.add("the index is not HEAD's tree");
    }
    // Fails, and so throws, where git finds an object broken or a ref astray.
    var _ = checkout.git("fsck", "--strict", "--no-dangling", "--no-progress");
    faults.addAll(leftovers());
    faults.addAll(journals());
    faults.addAll(processes());
    commitAsTheUser();
    return faults;
  }

  private String name(String text) {
    return text.equals(base) ? "the base" : text.equals(patched) ? "patched" : "something else";
  }

  private void commitAsTheUser() throws IOException {
    Files.writeString(checkout.root().resolve("notes.txt"), "mine\n");
    checkout.git("add", "notes.txt");
    checkout.commit("The user goes on");
    checkout.git("reset", "-q", "--hard", "HEAD^");
  }

  private List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(checkout.root(), new FileVisitOption[0])) {
      return files
          .filter(f -> !f.toString().contains("/.hostperf/"))
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".lock") || f.contains(".draft") || f.contains("hostperf-"))
          .map(f -> "left behind: " + f)
          .toList();
    }
  }

  private List<String> journals() throws IOException {
    var faults = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(checkout.root().resolve(".hostperf"))) {
      for (Path file : files.filter(f -> f.endsWith("journal.jsonl")).toList()) {
        var text = Files.readString(file);
        // A kill before the first line leaves an empty file: that run never began.
        if (!text.isEmpty() && !text.endsWith("\n")) {
          faults.add("a cut line in " + file);
        }
        text.lines().forEach(JSON::readTree);
      }
    }
    return faults;
  }

  /// Workloads and tests run in the checkout's folder; servers are told apart by their command.
  private List<String> processes() {
    return ProcessHandle.allProcesses()
        .filter(p -> isIn(p, checkout.root()))
        .filter(p -> p.info().command().map(c -> c.contains("python")).orElse(false))
        .map(p -> "still runs: " + p.info().commandLine().orElse("?"))
        .toList();
  }

  private static boolean isIn(ProcessHandle process, Path folder) {
    try {
      return Path.of("/proc", String.valueOf(process.pid()), "cwd").toRealPath().equals(folder);
    } catch (IOException | UncheckedIOException | SecurityException e) {
      return false;
    }
  }
}
