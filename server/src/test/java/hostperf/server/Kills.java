package hostperf.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Kills the packaged server at random moments of the tools that write, lets the next one recover,
/// and looks at what is left. A seed makes the moments repeat, as far as a clock can.
final class Kills implements AutoCloseable {
  static final String ENGINE = "tiny/engine.py";
  private static final String OLD = "self.steps += 1";
  private static final String NEW = "self.steps = self.steps + 1";

  /// A patch of one file is done this long after its announcement, on a busy machine.
  private static final long CLOSE_MS = 40;

  private final TinyCheckout checkout;
  private final Random random;
  private final Aftermath aftermath;
  private final Map<String, Integer> killed = new TreeMap<>();
  private final Map<String, Long> usual = new TreeMap<>();
  private RawServer server;
  private String run = "";

  Kills(Path folder, long seed) throws IOException {
    this.checkout = TinyCheckout.in(folder);
    this.random = new Random(seed);
    var base = checkout.read(ENGINE);
    this.aftermath = new Aftermath(checkout, ENGINE, base, base.replace(OLD, NEW));
    checkout.trust();
    this.server = RawServer.on(checkout);
    usual.putAll(
        Map.of(
            "apply_patch",
            600L,
            "rollback",
            400L,
            "start_run",
            600L,
            "profile",
            2500L,
            "run_unit_tests",
            2000L));
  }

  /// How often which tool was killed, and how often that was before it had answered.
  Map<String, Integer> killed() {
    return killed;
  }

  /// One kill. What is wrong afterwards, in words; empty when all is well.
  List<String> once() throws IOException {
    var stage = prepare();
    var tool = choose(stage);
    long from = System.nanoTime();
    int call = server.sendCall(tool, arguments(tool));
    await(tool);
    var answered = server.answer(call, Duration.ofMillis(1));
    server.kill();
    killed.merge(tool + (answered.isPresent() ? " (answered)" : " (amid)"), 1, Integer::sum);
    answered.ifPresent(_ -> usual.put(tool, Math.max(40, (System.nanoTime() - from) / 1_000_000)));

    server = RawServer.on(checkout);
    var status = server.call("status", Map.of("run_id", run));
    if (status.isError()) {
      return List.of("status: " + status.text());
    }
    var after = status.field("stage");
    var faults = new ArrayList<>(aftermath.faults(after));
    if (answered.isPresent() && answered.get().isError()) {
      faults.add(tool + " was refused: " + answered.get().text());
    }
    if (answered.isPresent() && tool.equals("apply_patch") && !after.equals("patched")) {
      faults.add("a round that was answered is lost; stage " + after);
    }
    if (answered.isPresent() && tool.equals("rollback") && !after.equals("rolled_back")) {
      faults.add("a rollback that was answered is lost; stage " + after);
    }
    return faults.stream().map(f -> tool + ": " + f).toList();
  }

  /// Half of the kills come anywhere in the call, the others close upon what it announces in the
  /// journal: there the files, the index and the refs change.
  private void await(String tool) throws IOException {
    boolean isClose = random.nextBoolean() && List.of("apply_patch", "rollback").contains(tool);
    if (!isClose) {
      RawServer.pause(random.nextLong(usual.getOrDefault(tool, 500L)));
      return;
    }
    var journal = checkout.root().resolve(".hostperf").resolve(run).resolve("journal.jsonl");
    long before = Files.size(journal);
    for (int i = 0; i < 5000 && Files.size(journal) == before; i++) {
      RawServer.pause(1);
    }
    RawServer.pause(random.nextLong(CLOSE_MS));
  }

  private String choose(String stage) {
    int dice = random.nextInt(100);
    if (stage.equals("patched") || stage.equals("tested")) {
      return dice < 10 ? "run_unit_tests" : "rollback";
    }
    return dice < 4 ? "start_run" : dice < 8 ? "profile" : "apply_patch";
  }

  private Map<String, Object> arguments(String tool) {
    return switch (tool) {
      case "start_run" -> Map.of("max_rounds", 100);
      case "apply_patch" -> edit(run);
      case "rollback" -> Map.of("run_id", run, "reason", "a try");
      default -> Map.of("run_id", run);
    };
  }

  static Map<String, Object> edit(String run) {
    return Map.of("run_id", run, "edits", List.of(Map.of("file", ENGINE, "old", OLD, "new", NEW)));
  }

  /// Brings a run to where a patch can be applied or rolled back; answers its stage.
  private String prepare() {
    var stage = run.isEmpty() ? "none" : status();
    for (int i = 0; i < 6; i++) {
      switch (stage) {
        case "patched", "tested", "rolled_back", "analyzed" -> {
          return stage;
        }
        case "started" -> done("profile", Map.of("run_id", run));
        case "profiled" -> done("classify", Map.of("run_id", run));
        default -> run = done("start_run", Map.of("max_rounds", 100)).field("run_id");
      }
      stage = status();
    }
    throw new IllegalStateException("stuck at " + stage);
  }

  private String status() {
    var said = done("status", Map.of("run_id", run));
    // A run whose rounds are used makes room for the next.
    return said.fields().path("round").asInt(0) >= 99 && said.field("stage").equals("rolled_back")
        ? "none"
        : said.field("stage");
  }

  private RawServer.Said done(String tool, Map<String, Object> arguments) {
    var said = server.call(tool, arguments);
    if (said.isError()) {
      throw new IllegalStateException(tool + ": " + said.text());
    }
    return said;
  }

  @Override
  public void close() {
    server.close();
  }

  /// `bench/kills` runs this: how many kills, and a seed.
  public static void main(String[] arguments) throws IOException {
    int wanted = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    var faults = new ArrayList<String>();
    int done = 0;
    try (var kills = new Kills(Files.createTempDirectory("kills"), seed)) {
      for (; done < wanted; done++) {
        int number = done + 1;
        for (String fault : kills.once()) {
          faults.add("kill %d: %s".formatted(number, fault));
          System.err.println(faults.getLast());
        }
        if (number % 25 == 0) {
          System.err.printf("%d kills, %d faults%n", number, faults.size());
        }
      }
      System.out.printf("%d kills (seed %d): %s%n", done, seed, kills.killed());
    }
    System.out.printf("%d faults%n", faults.size());
    System.exit(faults.isEmpty() ? 0 : 1);
  }
}
