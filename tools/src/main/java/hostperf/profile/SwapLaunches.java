package hostperf.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Launches the workload with both versions of changed functions, which the injected code exchanges
/// between the root's calls.
public final class SwapLaunches {
  /// A machine's pace changes within tenths of a second, so short blocks tell most. Where a block
  /// has five steps, its first, which finds what the other version left behind, is not timed.
  public static final int BLOCK_STEPS = 5;

  private static final double BLOCK_SECONDS = 0.05;
  private static final double LEAST_BLOCK_SECONDS = 0.005;

  private final Launcher launcher;

  public SwapLaunches(Launcher launcher) {
    this.launcher = launcher;
  }

  /// What such a launch is told.
  ///
  /// @param root whose calls are the steps, as the line profiler takes it
  /// @param added what modules have to have for the candidate, in order
  /// @param warmUp steps that are not timed
  /// @param block steps after which the version may change
  /// @param mirrored whether every pair of blocks comes the other way round
  public record Request(
      String root,
      List<Function> functions,
      List<Added> added,
      long seed,
      int warmUp,
      int block,
      boolean mirrored) {
    public Request {
      functions = List.copyOf(functions);
      added = List.copyOf(added);
    }

    public Request mirrored(long as, boolean inMirror) {
      return new Request(root, functions, added, as, warmUp, block, inMirror);
    }
  }

  /// @param name `module::Class.method`
  /// @param path of its module, absolute
  /// @param base text of the module
  /// @param candidate the same with the patch
  /// @param overloaded whether the last of several definitions of its name is meant
  public record Function(
      String name, Path path, String base, String candidate, boolean overloaded) {}

  /// What a module has to have for the candidate.
  ///
  /// @param path of the module, absolute
  /// @param owner the class that it is a method of; empty at the module's level
  /// @param text the statement that makes it
  public record Added(Path path, String owner, String name, String text) {}

  public record Seen(Launch launch, List<Timed> processes) {
    public Seen {
      processes = List.copyOf(processes);
    }
  }

  /// What one process timed.
  ///
  /// @param reason why nothing was timed; empty where all is well
  /// @param calls of the root, warm-up too
  /// @param steps that were timed
  /// @param uncalled changed functions that no step before the timed ones called
  public record Timed(
      String reason,
      long calls,
      long steps,
      double seconds,
      int voided,
      List<BlockPair> pairs,
      List<String> uncalled) {
    public Timed {
      pairs = List.copyOf(pairs);
      uncalled = List.copyOf(uncalled);
    }
  }

  /// Adjacent blocks.
  ///
  /// @param floor whether both ran the base
  /// @param base seconds per step
  /// @param other seconds per step, of the candidate or of the base's twin
  public record BlockPair(int number, boolean floor, double base, double other) {}

  /// How many steps of this many seconds a block should have: 5, or fewer that take 50 ms, or as
  /// many as take 5 ms.
  public static int block(double step) {
    if (step <= 0) {
      return BLOCK_STEPS;
    }
    int steps = (int) Math.ceil(Math.min(BLOCK_SECONDS / step, BLOCK_STEPS));
    return (int) Math.clamp(Math.ceil(LEAST_BLOCK_SECONDS / step), steps, 100_000);
  }

  /// @param lines gets the workload's output
  public Seen launch(Workload workload, Request request, String suffix, Consumer<String> lines) {
    Path prefix = launcher.profilePrefix(suffix);
    Path plan = written(prefix, request);
    var variables = Map.of("TLLM_HOSTPERF_SWAP", plan.toString());
    Launch launch;
    try {
      launch = launcher.injected(workload, suffix, variables, lines);
    } finally {
      // The repository has both versions; what was timed is kept.
      ProfileFiles.after(prefix).stream()
          .filter(file -> !file.toString().endsWith(".swap.json"))
          .forEach(Launcher::delete);
    }
    var processes =
        ProfileFiles.after(prefix).stream()
            .filter(file -> file.toString().endsWith(".swap.json"))
            .map(file -> timed(JsonMapper.shared().readTree(file.toFile())))
            .toList();
    return new Seen(launch, processes);
  }

  private static Path written(Path prefix, Request request) {
    var functions = new ArrayList<Map<String, Object>>();
    for (var function : request.functions()) {
      var ending = "." + functions.size() + ".py";
      functions.add(
          Map.of(
              "name", function.name(),
              "path", function.path().toString(),
              "base", written(prefix + ".base" + ending, function.base()),
              "candidate", written(prefix + ".candidate" + ending, function.candidate()),
              "overloaded", function.overloaded()));
    }
    var plan = new LinkedHashMap<String, Object>();
    plan.put("root", request.root());
    plan.put("functions", functions);
    plan.put(
        "added",
        request.added().stream()
            .map(
                a ->
                    Map.of(
                        "path", a.path().toString(),
                        "owner", a.owner(),
                        "name", a.name(),
                        "text", a.text()))
            .toList());
    plan.put("seed", request.seed());
    plan.put("warm_up", request.warmUp());
    plan.put("block", request.block());
    plan.put("mirrored", request.mirrored());
    return Path.of(written(prefix + ".json", JsonMapper.shared().writeValueAsString(plan)));
  }

  private static String written(String file, String text) {
    try {
      return Files.writeString(Path.of(file), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Timed timed(JsonNode json) {
    var pairs = new ArrayList<BlockPair>();
    for (JsonNode pair : json.path("pairs")) {
      pairs.add(
          new BlockPair(
              pair.path("number").asInt(),
              pair.path("floor").asBoolean(),
              pair.path("base_ns").asLong() / 1e9,
              pair.path("other_ns").asLong() / 1e9));
    }
    return new Timed(
        json.path("reason").asString(""),
        json.path("all_steps").asLong(),
        json.path("steps").asLong(),
        json.path("steps_ns").asLong() / 1e9,
        json.path("voided").asInt(),
        pairs,
        json.path("uncalled").valueStream().map(JsonNode::asString).toList());
  }
}
