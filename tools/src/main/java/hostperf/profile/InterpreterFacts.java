package hostperf.profile;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import hostperf.python.SearchPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The Python that a workload runs on, and its packages.
///
/// It is the workload's program where that is a Python, else the `python3` that the workload's PATH
/// finds: what a script such as `profile.sh` starts.
final class InterpreterFacts {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// Packages that a difference in speed is first put down to are named; all are in the digest.
  private static final String SCRIPT =
      """
      import hashlib, sys
      from importlib.metadata import distributions
      named = ("torch triton numpy tensorrt_llm tensorrt vllm sglang lmdeploy transformers"
               " flashinfer-python cuda-python cupy line_profiler mpi4py ray xgrammar nvidia-nccl-cu12").split()
      clean = lambda name: name.lower().replace("_", "-")
      found = {}
      for d in distributions():
          if d.metadata["Name"]:
              found.setdefault(clean(d.metadata["Name"]), d.version)
      print("python", "%d.%d.%d" % sys.version_info[:3], sys.implementation.name, sep="\\t")
      for name in named:
          if clean(name) in found:
              print("package." + name, found[clean(name)], sep="\\t")
      text = "\\n".join("%s==%s" % item for item in sorted(found.items()))
      print("packages", "%d, digest %s" % (
          len(found), hashlib.sha256(text.encode()).hexdigest()[:12]), sep="\\t")
      """;

  private final Processes processes;
  private final Map<String, String> inherited;

  InterpreterFacts(Processes processes, Map<String, String> inherited) {
    this.processes = processes;
    this.inherited = inherited;
  }

  SequencedMap<String, String> of(Workload workload) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    Optional<String> interpreter = interpreter(workload);
    Optional<Finished> answer = interpreter.flatMap(program -> ask(program, workload));
    if (answer.filter(Finished::succeeded).isEmpty()) {
      facts.put(
          "python",
          "unknown: " + interpreter.map(p -> p + " gave no answer").orElse("no python3 found"));
      return facts;
    }
    for (String line : answer.get().output().lines().toList()) {
      String[] fields = line.split("\t", 2);
      if (fields.length == 2) {
        facts.put(fields[0], fields[1].replace('\t', ' '));
      }
    }
    return facts;
  }

  private Optional<String> interpreter(Workload workload) {
    String program = workload.command().getFirst();
    Path name = Path.of(program).getFileName();
    if (name != null && name.toString().matches("python[0-9.]*")) {
      return Optional.of(program);
    }
    Map<String, String> environment = new HashMap<>(inherited);
    environment.putAll(workload.environment());
    return SearchPath.find(environment, "python3").map(Path::toString);
  }

  private Optional<Finished> ask(String program, Workload workload) {
    try {
      return Optional.of(
          processes.run(
              new Command(
                  List.of(program, "-c", SCRIPT),
                  workload.directory(),
                  workload.environment(),
                  LIMIT,
                  Optional.empty())));
    } catch (Refusal _) {
      return Optional.empty();
    }
  }
}
