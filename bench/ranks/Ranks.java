import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import hostperf.profile.Launcher;
import hostperf.profile.Pass;
import hostperf.profile.Passes;
import hostperf.profile.Profiling;
import hostperf.python.PySpy;
import hostperf.profile.Sampler;
import hostperf.profile.Workload;
import hostperf.report.AgentText;
import hostperf.source.Sources;
import hostperf.tool.ProfileAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a profile of many ranks takes beyond its launches: all three passes, from inside each process.
void main(String[] args) throws Exception {
  var here = Path.of(args[0]).toAbsolutePath();
  var command = List.of(args).subList(1, args.length);
  var launched = new long[1];
  Processes local = new LocalProcesses();
  Processes processes =
      (what, lines) -> {
        long begin = System.nanoTime();
        Finished finished = local.run(what, lines);
        launched[0] += System.nanoTime() - begin;
        return finished;
      };
  var folder = Files.createTempDirectory("ranks");
  var launcher = new Launcher(processes, folder, System.getenv());
  var sampler =
      new Sampler(local, launcher, new PySpy(local, System.getenv()), Path.of("python3")).elsewhere();
  var sources = new Sources(here);
  var machine =
      (com.sun.management.OperatingSystemMXBean)
          java.lang.management.ManagementFactory.getOperatingSystemMXBean();
  double spent = machine.getProcessCpuTime() / 1e9;
  long begin = System.nanoTime();
  var result =
      new Passes(launcher, sampler, sources)
          .take(
              new Workload(command, here, Map.of(), Duration.ofMinutes(9), Optional.empty(), List.of()),
              "ranks",
              new Passes.Request(
                  Set.of(Pass.values()),
                  Profiling.Attach.INJECT,
                  Optional.of("engine.Engine.step"),
                  List.of(),
                  Passes.Look.at(List.of()),
                  Optional.empty()),
              _ -> {},
              _ -> {});
  var answer = ProfileAnswer.of(result, sources).orElseThrow();
  var text = AgentText.of(answer);
  double all = (System.nanoTime() - begin) / 1e9;
  text.lines()
      .filter(line -> line.startsWith("Rank") || line.startsWith("…") || line.startsWith("Warning: Of"))
      .forEach(System.out::println);
  System.out.printf(
      "%d ranks compared; launches %.1f s, beyond them %.2f s (%.2f s of processor time); %s%n",
      answer.ranksTotal(),
      launched[0] / 1e9,
      all - launched[0] / 1e9,
      machine.getProcessCpuTime() / 1e9 - spent,
      Files.readString(Path.of("/proc/self/status")).replaceAll("(?s).*VmHWM:\\s*(\\d+) kB.*", "at most $1 kB resident"));
}
