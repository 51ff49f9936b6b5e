package hostperf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.metric.Better;
import hostperf.metric.Metric;
import hostperf.profile.EnvironmentReader;
import hostperf.profile.Launcher;
import hostperf.profile.Workload;
import hostperf.repository.GitRepository;
import hostperf.repository.Intent;
import hostperf.verdict.Plan;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import hostperf.verdict.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real checkout, a real Python, and versions of one size that only their bytes tell apart.
class RepositorySwapTest {
  private static final Map<String, String> QUIET =
      Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null");
  private final LocalProcesses processes = new LocalProcesses();
  private final List<Intent> journal = new ArrayList<>();
  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void commitBaseAndCandidate() {
    checkout = folder.resolve("checkout");
    write("pkg/__init__.py", "");
    write("pkg/hot.py", "SPEED = 100\n");
    write("run.py", "import pkg.hot\nprint('speed:', pkg.hot.SPEED)\n");
    run("git", "init", "-q", "-b", "main");
    run("git", "add", ".");
    commit("base");
    write("pkg/hot.py", "SPEED = 200\n");
    run("git", "add", ".");
    commit("candidate");
  }

  @Test
  void everyLaunchRunsItsOwnVersionAlthoughPythonCachesBytecode() {
    var measured = (Measured.Complete) measure(new Plan(1, 8, 0));
    for (Sample sample : measured.samples()) {
      double expected = sample.slot().side() == Side.BASE ? 100 : 200;
      assertThat(sample.launched().metrics()).containsEntry("speed", expected);
    }
    assertThat(checkout.resolve("pkg/__pycache__")).isDirectoryContaining("glob:**/__init__*.pyc");
  }

  @Test
  void leavesTheCheckoutAsItWas() {
    measure(new Plan(0, 6, 0));
    assertThat(run("git", "status", "--porcelain", "--untracked-files=no")).isEmpty();
    assertThat(checkout.resolve("pkg/hot.py")).hasContent("SPEED = 200\n");
  }

  @Test
  void aKilledSwapIsUndoneFromTheJournal() {
    swap().base();
    assertThat(checkout.resolve("pkg/hot.py")).hasContent("SPEED = 100\n");
    repository().recover(journal.getLast(), List.of());
    assertThat(checkout.resolve("pkg/hot.py")).hasContent("SPEED = 200\n");
  }

  @Test
  void someoneElsesEditOfAPatchedFileIsNotOverwritten() {
    var swap = swap();
    swap.base();
    write("pkg/hot.py", "SPEED = 999\n");
    assertThatThrownBy(swap::candidate).isInstanceOf(Refusal.class).hasMessageContaining("hot.py");
    assertThat(checkout.resolve("pkg/hot.py")).hasContent("SPEED = 999\n");
  }

  @Test
  void withHeadAsTheBaseNothingChanges() {
    var swap = new RepositorySwap(repository(), repository().head(), _ -> false, journal::add);
    var before = swap.state();
    swap.base();
    assertThat(swap.state()).isEqualTo(before);
    assertThat(before.files()).containsKeys("pkg/hot.py", "run.py");
  }

  @Test
  void aLaunchThatChangesTheCheckoutDoesNotCountAndIsNamed() {
    write("data.txt", "1");
    write(
        "run.py",
        """
        import os, pathlib, pkg.hot
        count = pathlib.Path(os.environ['UPPER_WORKSPACE_DIR'], 'count')
        launch = len(count.read_text()) if count.exists() else 0
        count.write_text('x' * (launch + 1))
        hot = pathlib.Path('pkg/hot.py')
        if launch == 1: hot.write_text(hot.read_text())
        if launch == 5: pathlib.Path('data.txt').write_text('2')
        if launch == 9: pathlib.Path('memo.json').write_text('{}')
        if launch == 13: pathlib.Path('pkg/late.py').write_text('')
        print('speed:', pkg.hot.SPEED)
        """);
    run("git", "add", ".");
    commit("another launcher");
    write("pkg/hot.py", "SPEED = 300\n");
    run("git", "add", ".");
    commit("another candidate");

    var samples = ((Measured.Complete) measure(new Plan(0, 6, 0))).samples();

    assertThat(
            samples.stream()
                .flatMap(s -> s.voided().stream())
                .filter(v -> v.startsWith("Changed during")))
        .containsExactly(
            "Changed during the launch: pkg/hot.py was rewritten with the same content.",
            "Changed during the launch: data.txt was changed.",
            "Changed during the launch: memo.json is new.",
            "Changed during the launch: pkg/late.py is new.");
    assertThat(samples.stream().filter(Sample::isTaken).count()).isGreaterThanOrEqualTo(12);
  }

  private Measured measure(Plan plan) {
    var metric =
        new Metric("speed", "1/s", Better.HIGHER, true, 0.02, Pattern.compile("speed: ([\\d.]+)"));
    // env -u: where this variable is set, Python writes no bytecode and proves nothing.
    var command = List.of("env", "-u", "PYTHONDONTWRITEBYTECODE", "python3", "run.py");
    var workload =
        new Workload(
            command, checkout, Map.of(), Duration.ofMinutes(1), Optional.empty(), List.of(metric));
    var launches =
        new WorkloadLaunches(
            new Launcher(processes, folder.resolve("run"), System.getenv()),
            new EnvironmentReader(processes, System.getenv()),
            Map::of,
            workload,
            List.of(),
            label -> Launcher.suffix(1, label),
            InstantSource.system(),
            _ -> {});
    var question = new Question(Quantity.of(metric), Rule.of(0.01), plan, Duration.ofMinutes(5));
    return new Measurement(question, Quiet.ANY, launches, swap(), _ -> {}).run(List.of());
  }

  private RepositorySwap swap() {
    var repository = repository();
    String base = run("git", "rev-parse", "HEAD~1").strip();
    return new RepositorySwap(repository, base, _ -> false, journal::add);
  }

  private GitRepository repository() {
    return GitRepository.at(checkout, InstantSource.system());
  }

  private void commit(String message) {
    run("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", message);
  }

  private String run(String... arguments) {
    var command =
        new Command(List.of(arguments), checkout, QUIET, Duration.ofMinutes(1), Optional.empty());
    var finished = processes.run(command);
    assertThat(finished.succeeded()).describedAs(finished.output()).isTrue();
    return finished.output();
  }

  private void write(String path, String content) {
    try {
      Path file = checkout.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
