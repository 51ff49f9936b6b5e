package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.configuration.ConfigurationReader;
import hostperf.configuration.ConfigurationReader.Reading;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.job.Checkout;
import hostperf.patch.PatchPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What measures and judges is protected although `policy.editable` opens everything.
class HarnessTest {
  @TempDir Path root;

  @BeforeEach
  void anEngine() throws IOException {
    write("engine/__init__.py", "");
    write("engine/hot.py", "import engine.cold\n");
    write("engine/cold.py", "");
    write("pyproject.toml", "[project]\nname = \"engine\"\n");
  }

  @Test
  void protectsTheScriptThatIsLaunchedAndWhatItImportsFromOutsideThePackage() throws IOException {
    write("run.py", "import timing\nfrom engine import hot\n");
    write("timing.py", "def now():\n    import clocks.wall\n");
    write("clocks/wall.py", "");
    write("other.py", "");

    var policy = policy("[python3, run.py, --fast]", "[python3, -m, pytest]");

    assertThat(policy.reasonAgainst("run.py")).contains("is protected: workload.command names it");
    assertThat(policy.reasonAgainst("timing.py").orElseThrow()).contains("run.py imports it");
    assertThat(policy.allows("clocks/wall.py")).isFalse();
    assertThat(policy.allows("Clocks/Wall.py")).isFalse();
    assertThat(policy.allows("other.py")).isTrue();
    assertThat(policy.allows("engine/hot.py")).isTrue();
    assertThat(policy.allows("engine/cold.py")).isTrue();
  }

  @Test
  void protectsTheModuleThatIsLaunchedAndNotThePackageItIsIn() throws IOException {
    write("engine/serve.py", "import engine.hot\n");
    write("engine/tool/__init__.py", "");
    write("engine/tool/__main__.py", "");

    assertThat(policy("[python3, -m, engine.serve]", "[pytest]").allows("engine/serve.py"))
        .isFalse();
    var tool = policy("[python3, -mengine.tool]", "[pytest]");
    assertThat(tool.allows("engine/tool/__main__.py")).isFalse();
    assertThat(tool.allows("engine/hot.py")).isTrue();
    assertThat(tool.allows("engine/serve.py")).isTrue();
  }

  @Test
  void readsShellScriptsAndInstalledCommands() throws IOException {
    write(
        "go.sh", "exec python3 \"measure/it.py\" --config=setup/load.py && python3 -m judge.all\n");
    write("measure/it.py", "");
    write("setup/load.py", "");
    write("judge/all.py", "");
    write("engine/cli.py", "");
    write(
        "pyproject.toml",
        "[project]\nname = \"engine\"\n[project.scripts]\nengine-bench = \"engine.cli:main\"\n");

    var shell = policy("[bash, go.sh]", "[pytest]");
    assertThat(shell.allows("go.sh")).isFalse();
    assertThat(shell.allows("measure/it.py")).isFalse();
    assertThat(shell.allows("setup/load.py")).isFalse();
    assertThat(shell.allows("judge/all.py")).isFalse();
    assertThat(policy("[bash, -c, 'python3 measure/it.py']", "[pytest]").allows("measure/it.py"))
        .isFalse();
    assertThat(policy("[engine-bench, throughput]", "[pytest]").allows("engine/cli.py")).isFalse();
  }

  @Test
  void protectsPytestsPlugins() throws IOException {
    for (var name : new String[] {"a", "b", "c", "d", "e", "f"}) {
      write("plug/%s.py".formatted(name), "import plug.by_%s\n".formatted(name));
      write("plug/by_%s.py".formatted(name), "");
    }
    write("engine/plugin.py", "");
    write("conftest.py", "import support\npytest_plugins = [\n    'plug.b',\n    \"plug.c\",\n]\n");
    write("support.py", "");
    write("pytest.ini", "[pytest]\naddopts = -v -p plug.d -p no:cacheprovider\n");
    write(
        "pyproject.toml",
        "[project]\n"
            + "name = \"engine\"\n"
            + "[project.entry-points.pytest11]\n"
            + "mine = \"engine.plugin\"\n"
            + "[tool.x]\n"
            + "y = \"plug.f\"\n");

    var policy = policy("[python3, x.py]", "[python3, -m, pytest, -p, plug.a]");

    for (var name : new String[] {"a", "b", "c", "d"}) {
      assertThat(policy.reasonAgainst("plug/%s.py".formatted(name)))
          .contains("is protected: it is a plugin of pytest");
      assertThat(policy.allows("plug/by_%s.py".formatted(name))).isFalse();
    }
    assertThat(policy.allows("engine/plugin.py")).isFalse();
    assertThat(policy.allows("support.py")).isFalse();
    assertThat(policy.allows("plug/e.py")).isTrue();
    assertThat(policy.allows("plug/f.py")).isTrue();
  }

  @Test
  void protectsWhatRunsInEveryPythonAndWhatBuilds() {
    var open = new PatchPolicy(List.of("**"), List.of());
    for (var file :
        new String[] {
          "a/sitecustomize.py",
          "usercustomize.py",
          "x.pth",
          "setup.py",
          "sub/setup.py",
          "noxfile.py",
          "sub/pyproject.toml",
          ".pytest.ini",
          "pytest.toml"
        }) {
      assertThat(open.allows(file)).as(file).isFalse();
    }
  }

  private PatchPolicy policy(String workload, String tests) throws IOException {
    write(
        "hostperf.yaml",
        """
        workload:
          command: %s
          metrics: [{name: t, pattern: 't=(.)'}]
        tests: {command: %s}
        policy: {editable: ["**/*.py", "**/*.sh"]}
        """
            .formatted(workload, tests));
    var checkout = new Checkout(root, new LocalProcesses(), InstantSource.system(), new Random(1));
    git("init", "-q");
    git("add", ".");
    var reading = ConfigurationReader.read(root);
    return Patching.policy(checkout, ((Reading.Valid) reading).configuration());
  }

  private void git(String... arguments) {
    var words = new String[arguments.length + 1];
    words[0] = "git";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    var command = new Command(root, Duration.ofMinutes(1), words);
    assertThat(new LocalProcesses().run(command).succeeded()).isTrue();
  }

  private void write(String path, String content) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), content);
  }
}
