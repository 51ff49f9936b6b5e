package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import hostperf.profile.Sampler.Kind;
import hostperf.profile.Sampler.Sampled;
import hostperf.python.PySpy;
import hostperf.source.Sources;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Own;
import hostperf.stacks.Ranking;
import hostperf.stacks.RootFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A step of the target is busy for 4 ms and sleeps for 2 ms. Shares are compared loosely, because
/// the tests run beside others.
class SamplerTest {
  @TempDir Path temp;

  private Sampled sample(Processes processes, String... arguments) {
    var launcher = new Launcher(processes, temp, Map.of());
    var pySpy = new PySpy(processes, System.getenv());
    return new Sampler(processes, launcher, pySpy, Targets.python())
        .sample(
            Targets.workload("steps", List.of(), arguments), "samples", Optional.empty(), _ -> {});
  }

  private static Ranking ranking(Sampled sampled) {
    var names = new FunctionNames(new Sources(Targets.folder("steps")));
    var wall = names.in(sampled.wall());
    var root =
        RootFinder.find(wall, Optional.of("steps.Engine.step"), List.of())
            .orElseThrow(() -> new AssertionError("no root in " + sampled.remarks()));
    return Ranking.of(
        wall, sampled.holding().map(names::in), root, new Own(Targets.folder("steps"), root));
  }

  private static double own(Ranking ranking, String function) {
    return ranking.shares().functions().stream()
        .filter(f -> f.function().equals(function))
        .mapToDouble(f -> f.own())
        .sum();
  }

  @Test
  void samplesFromOutside() {
    var sampled = sample(new LocalProcesses(), "steps.py", "400");
    assertThat(sampled.kind()).as(sampled.remarks().toString()).isEqualTo(Kind.OUTSIDE);
    var ranking = ranking(sampled);
    assertThat(own(ranking, "Engine.busy")).isBetween(0.2, 0.9);
    // Beside other tests py-spy may be late; locks are unknown then.
    if (sampled.remarks().stream().noneMatch(r -> r.contains("could not keep up"))) {
      assertThat(ranking.holding().get(Ranking.key("Engine.busy", file()))).isGreaterThan(0.2);
    }
    assertThat(ranking.threads()).anyMatch(t -> !t.root() && t.most().function().equals("poll"));
    assertThat(sampled.modules().nameOf(file(), "Engine.step")).contains("__main__.Engine.step");
    assertThat(temp.resolve("profiles").toFile().list())
        .as("what nothing reads again is not kept")
        .anyMatch(name -> name.endsWith(".speedscope.json"))
        .noneMatch(name -> name.endsWith("gil.raw"));
  }

  @Test
  void seesAForkedChild() {
    var sampled = sample(new LocalProcesses(), "steps.py", "400", "--child");
    assertThat(ranking(sampled).processes()).hasSize(2);
  }

  @Test
  void samplesFromInsideWhereNothingMayAttachAndSaysSo() {
    var sampled = sample(new NoTracing(new LocalProcesses()), "steps.py", "400");
    assertThat(sampled.kind()).isEqualTo(Kind.INSIDE);
    assertThat(sampled.remarks().getFirst())
        .contains("py-spy may not attach: Permission denied")
        .contains("native code that holds the interpreter lock is seen only where it returns");
    var ranking = ranking(sampled);
    assertThat(own(ranking, "Engine.busy")).isBetween(0.15, 0.9);
    assertThat(ranking.holding()).isEmpty();
  }

  @Test
  void samplesFromInsideWherePySpyCrashesAndSaysSo() {
    var sampled = sample(new Crashing(new LocalProcesses()), "steps.py", "400");
    assertThat(sampled.kind()).isEqualTo(Kind.INSIDE);
    assertThat(sampled.remarks())
        .singleElement()
        .asString()
        .startsWith("py-spy crashed and has samples of 0.0 s of ")
        .contains("so the workload was launched once more. A thread inside each process sampled");
    assertThat(own(ranking(sampled), "Engine.busy")).isBetween(0.15, 0.9);
  }

  @Test
  void saysNothingOfTheLockWherePySpyTookOtherMemoryForAName() {
    var sampled = sample(new Garbling(new LocalProcesses()), "steps.py", "400");
    assertThat(sampled.kind()).isEqualTo(Kind.OUTSIDE);
    assertThat(sampled.holding()).isEmpty();
    assertThat(sampled.remarks())
        .contains(
            "Who holds the interpreter lock is not known: what py-spy wrote of it cannot be read.");
    assertThat(own(ranking(sampled), "Engine.busy")).isBetween(0.4, 0.9);
  }

  @Test
  void saysWhenNoPythonWasStarted() {
    var launcher = new Launcher(new LocalProcesses(), temp, Map.of());
    var workload =
        new Workload(
            List.of("sleep", "0.1"),
            temp,
            Map.of(),
            Duration.ofMinutes(1),
            Optional.empty(),
            List.of());
    var sampled =
        new Sampler(
                new LocalProcesses(),
                launcher,
                new PySpy(new LocalProcesses(), System.getenv()),
                Targets.python())
            .sample(workload, "samples", Optional.empty(), _ -> {});
    assertThat(sampled.wall().isEmpty()).isTrue();
    assertThat(sampled.remarks()).anyMatch(r -> r.startsWith("No Python process was seen"));
  }

  private static String file() {
    return Targets.folder("steps").resolve("steps.py").toString();
  }

  /// A py-spy that a signal ends as soon as it samples.
  private record Crashing(Processes processes) implements Processes {
    @Override
    public Finished run(Command command, Consumer<String> lines) {
      return command.arguments().contains("speedscope")
          ? new Finished(Finished.End.EXITED, 139, "py-spy> Sampling process\n", Duration.ZERO)
          : processes.run(command, lines);
    }
  }

  /// A py-spy whose profile of holders of the lock has a name that is none.
  private record Garbling(Processes processes) implements Processes {
    @Override
    public Finished run(Command command, Consumer<String> lines) {
      var finished = processes.run(command, lines);
      var arguments = command.arguments();
      if (arguments.contains("--gil")) {
        try {
          Files.writeString(
              Path.of(arguments.getLast()), "main;\0\u0001 3\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return finished;
    }
  }

  /// A kernel that forbids tracing, as a hardened container has it.
  private record NoTracing(Processes processes) implements Processes {
    @Override
    public Finished run(Command command, Consumer<String> lines) {
      return command.arguments().contains("-I")
          ? new Finished(Finished.End.EXITED, 9, "Permission denied (os error 13)\n", Duration.ZERO)
          : processes.run(command, lines);
    }
  }
}
