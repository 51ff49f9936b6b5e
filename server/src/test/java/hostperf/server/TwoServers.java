package hostperf.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Two servers on one checkout that are asked for the same patch at the same moment, neither of
/// which owns it yet.
final class TwoServers implements AutoCloseable {
  private final TinyCheckout checkout;
  private final String run;
  private final List<RawServer> servers = new ArrayList<>();

  TwoServers(Path folder) throws IOException {
    this.checkout = TinyCheckout.in(folder);
    checkout.trust();
    try (var first = RawServer.on(checkout)) {
      this.run = first.call("start_run", Map.of("max_rounds", 100)).field("run_id");
      first.call("profile", Map.of("run_id", run));
      first.call("classify", Map.of("run_id", run));
      first.leave();
    }
    servers.add(RawServer.on(checkout));
    servers.add(RawServer.on(checkout));
  }

  /// One try; what is wrong, in words. The one that got through rolls back and leaves, and a fresh
  /// one takes its place.
  List<String> once() throws IOException {
    var faults = new ArrayList<String>();
    var before = checkout.git("rev-list", "--count", "HEAD");
    var calls = servers.stream().map(s -> s.sendCall("apply_patch", Kills.edit(run))).toList();
    int winner = -1;
    for (int i = 0; i < 2; i++) {
      var said = servers.get(i).answer(calls.get(i), Duration.ofSeconds(60)).orElseThrow();
      if (!said.isError()) {
        if (winner >= 0) {
          faults.add("both say that they applied it");
        }
        winner = i;
      } else if (!said.text().contains("owns this checkout")) {
        faults.add("refused for another reason: " + said.text());
      }
    }
    int commits = Integer.parseInt(checkout.git("rev-list", "--count", "HEAD"));
    if (commits != Integer.parseInt(before) + 1) {
      faults.add("%d commits more".formatted(commits - Integer.parseInt(before)));
    }
    if (winner < 0) {
      faults.add("neither applied it");
      return faults;
    }
    var back = servers.get(winner).call("rollback", Map.of("run_id", run, "reason", "a try"));
    if (back.isError()) {
      faults.add("rollback: " + back.text());
    }
    servers.get(winner).leave();
    servers.set(winner, RawServer.on(checkout));
    return faults;
  }

  @Override
  public void close() {
    servers.forEach(RawServer::close);
  }

  /// `bench/kills` runs this: how many tries.
  public static void main(String[] arguments) throws IOException {
    int left = Integer.parseInt(arguments[0]);
    int done = 0;
    var faults = new ArrayList<String>();
    while (left > 0) {
      // A run has at most 100 rounds.
      try (var two = new TwoServers(Files.createTempDirectory("two"))) {
        for (int i = 0; i < 95 && left > 0; i++, left--, done++) {
          two.once().forEach(faults::add);
        }
      }
    }
    faults.forEach(System.out::println);
    System.out.printf("%d tries of two servers, %d faults%n", done, faults.size());
    System.exit(faults.isEmpty() ? 0 : 1);
  }
}
