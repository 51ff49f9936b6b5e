package hostperf.profile;

import hostperf.fact.Counted;
import hostperf.fact.FactDifference;
import hostperf.fact.FactFiles;
import hostperf.fact.Facts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// The pass `facts`: launches the workload with collectors that are on while the root runs.
public final class FactsPass {
  private final Launcher launcher;

  public FactsPass(Launcher launcher) {
    this.launcher = launcher;
  }

  /// What to look at.
  ///
  /// @param root as `module.Class.method`
  /// @param skip how many of its first calls are warm-up
  /// @param watched functions whose repeated calls are looked for, named alike
  /// @param without collectors to leave out
  public record Request(String root, long skip, List<String> watched, List<String> without) {
    public Request {
      watched = List.copyOf(watched);
      without = List.copyOf(without);
    }
  }

  /// @param differences between processes
  /// @param calls of the root, over all processes
  /// @param remarks why something was not seen
  public record Collected(
      Launch launch,
      Facts facts,
      List<FactDifference> differences,
      long calls,
      List<Path> files,
      List<String> remarks) {
    public Collected {
      differences = List.copyOf(differences);
      files = List.copyOf(files);
      remarks = List.copyOf(remarks);
    }
  }

  /// @param lines gets the workload's output
  public Collected collect(
      Workload workload, Request request, String suffix, Consumer<String> lines) {
    Path prefix = launcher.profilePrefix(suffix);
    var launch = launcher.injected(workload, suffix, environment(prefix, request), lines);
    ProfileFiles.clean(prefix, workload);
    List<Path> files =
        ProfileFiles.after(prefix).stream()
            .filter(file -> file.toString().endsWith(".facts.json"))
            .toList();
    var read = FactFiles.read(files);
    return new Collected(
        launch,
        read.facts(),
        FactDifference.of(read.each()),
        read.notes().stream().mapToLong(note -> note.path("calls").asLong()).sum(),
        files,
        remarks(read, request));
  }

  private static Map<String, String> environment(Path prefix, Request request) {
    var environment = new HashMap<String, String>();
    environment.put("TLLM_HOSTPERF_FACTS", prefix.toString());
    environment.put("TLLM_HOSTPERF_ROOT", request.root());
    environment.put("TLLM_HOSTPERF_SKIP", Long.toString(request.skip()));
    environment.put("TLLM_HOSTPERF_WATCH", String.join(",", request.watched()));
    environment.put("TLLM_HOSTPERF_WITHOUT", String.join(",", request.without()));
    return environment;
  }

  private static List<String> remarks(FactFiles.Read read, Request request) {
    var remarks = new ArrayList<String>();
    if (read.notes().isEmpty()) {
      remarks.add(
          "No process left facts: none imported %s, all were killed, or the injected code did not reach them."
              .formatted(request.root()));
    }
    var seen = new ArrayList<MissingRanks.Seen>();
    for (JsonNode json : read.notes()) {
      seen.add(MissingRanks.Seen.of(json));
      if (!json.path("found").asBoolean() && !json.path("reason").asString("").isEmpty()) {
        remarks.add(
            "In process %d, %s: %s."
                .formatted(
                    json.path("pid").asLong(), request.root(), json.path("reason").asString()));
      }
      json.path("remarks").forEach(remark -> remarks.add(capitalised(remark.asString()) + "."));
    }
    remarks.addAll(MissingRanks.remarks(seen, Pass.FACTS));
    remarks.addAll(counted(read.facts().counted()));
    return remarks.stream().distinct().toList();
  }

  /// Over how many steps, where that is not all of them.
  private static List<String> counted(Counted counted) {
    long alone = counted.alone().count();
    return alone == 0
        ? List.of()
        : List.of(
            "Facts are of a part of the %,d calls of the root after its warm-up: waits, logs and serialisation of %,d; calls, loops and tensor operations of %,d of these; garbage collection of the other %,d."
                .formatted(
                    alone + counted.watched().count() + counted.closely().count(),
                    counted.watched().count() + counted.closely().count(),
                    counted.closely().count(),
                    alone));
  }

  private static String capitalised(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
