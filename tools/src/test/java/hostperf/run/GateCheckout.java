package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.Sha256;
import hostperf.approval.Dialog;
import hostperf.approval.HeldDialog;
import hostperf.catalog.Library;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.journal.Event;
import hostperf.journal.Run;
import hostperf.journal.RunId;
import hostperf.journal.Samples;
import hostperf.journal.Setup;
import hostperf.patch.Edit;
import hostperf.python.PythonSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A small engine under real git with real tests, and a run on it that waits for a patch.
public final class GateCheckout {
  public static final String HOT = "engine/hot.py";
  public static final String RIGHT = "def twice(x):\n    return x + x\n";
  public static final String WRONG = "def twice(x):\n    return x * x\n";

  private static final Map<String, String> QUIET =
      Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null");
  private static final RunId ID = new RunId("run-abcd2345");

  final Path root;
  public final Checkout checkout;
  private final LocalProcesses processes = new LocalProcesses();
  private Run run;

  public GateCheckout(Path root) {
    this.root = root;
    this.checkout = new Checkout(root, processes, InstantSource.system(), new Random(1));
    this.run = Samples.begun();
    var python = new PythonSetup(processes, System.getenv(), _ -> {}).python();
    write("engine/__init__.py", "");
    write(HOT, RIGHT);
    write("engine/cold.py", "LIMIT = 1\n");
    write("conftest.py", "");
    write(".gitignore", "out/\n_version.py\n");
    write("bench.py", "from engine.hot import twice\nprint('tput=%d' % twice(3))\n");
    write(
        "tests/test_hot.py",
        """
        from engine.hot import twice
        def test_two(): assert twice(2) == 4
        def test_three(): assert twice(3) == 6
        """);
    write("tests/test_easy.py", "def test_easy(): pass\n");
    configure(python, "engine/**/*.py");
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Ada");
    git("config", "user.email", "ada@example.org");
  }

  private void configure(Path python, String editable) {
    write(
        "hostperf.yaml",
        """
        workload:
          command: [%1$s, bench.py]
          metrics:
            - {name: tput, unit: 1/s, primary: true, pattern: 'tput=(\\d+)'}
        tests:
          command: [%1$s, -m, pytest, -q, -p, no:cacheprovider]
        policy: {editable: ["%2$s"], approval: never}
        """
            .formatted(python, editable));
  }

  /// Commits what lies there and begins a run on it.
  public GateCheckout begin() {
    git("add", ".");
    git("-c", "commit.gpgsign=false", "commit", "-qm", "base");
    var repository = checkout.repository();
    var configuration = checkout.configuration();
    var setup =
        new Setup(
            "raise tput",
            3,
            new Setup.Base(
                repository.head(), repository.headName(), "hostperf/" + ID, "2026-01-01T00:00:00Z"),
            new Setup.Locked(
                Sha256.of(configuration.source().text()), configuration.shownText(), "tput"),
            Map.of(),
            Optional.empty());
    run = checkout.runs().begin(ID, setup);
    run = checkout.runs().append(run, new Event.Profiled("p0", "baseline"));
    run = checkout.runs().append(run, new Event.Analyzed("p0", 0));
    return this;
  }

  public Run run() {
    return checkout.runs().load(ID);
  }

  /// Applies a patch of one file.
  public GateCheckout patch(String file, String old, String replacement) {
    new Patching(checkout)
        .apply(
            run(),
            new Patching.Request.OfEdits(List.of(new Edit(file, old, replacement))),
            Patching.Aim.NONE,
            Optional.empty(),
            HeldDialog.answering(Dialog.Reply.Kind.YES, ""),
            Instant.now().plusSeconds(20));
    assertThat(run().openChange()).isPresent();
    return this;
  }

  public GateCheckout patchHot(String content) {
    return patch(HOT, "    return x + x\n", content.substring(content.indexOf("    return")));
  }

  Testing.Tested test(String... tests) {
    return new Testing(checkout, new Library(Golden.root())).test(run(), List.of(tests), _ -> {});
  }

  public Testing.Tested.Done done(String... tests) {
    var tested = test(tests);
    assertThat(tested).isInstanceOf(Testing.Tested.Done.class);
    return (Testing.Tested.Done) tested;
  }

  String reason(String... tests) {
    var tested = test(tests);
    assertThat(tested).isInstanceOf(Testing.Tested.CouldNot.class);
    return ((Testing.Tested.CouldNot) tested).why().reason();
  }

  public List<String> broken(String... tests) {
    return done(tests).judgement().broken().stream().map(f -> f.id()).toList();
  }

  String git(String... arguments) {
    var words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    var finished =
        processes.run(new Command(words, root, QUIET, Duration.ofMinutes(1), Optional.empty()));
    assertThat(finished.succeeded()).describedAs(finished.output()).isTrue();
    return finished.output().strip();
  }

  public void write(String path, String content) {
    try {
      Files.createDirectories(root.resolve(path).getParent());
      Files.writeString(root.resolve(path), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
