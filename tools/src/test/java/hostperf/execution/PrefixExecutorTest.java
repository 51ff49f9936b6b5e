package hostperf.execution;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The prefix is a program that is here; what lies elsewhere behind it is a link.
class PrefixExecutorTest {
  @TempDir Path folder;
  private Path here;
  private Path there;

  @BeforeEach
  void link() throws IOException {
    here = Files.createDirectories(folder.resolve("here/engine")).toRealPath();
    there = Files.createSymbolicLink(folder.resolve("there"), here);
    Files.writeString(here.resolve("data"), "read\n");
  }

  private String run(Map<String, String> environment, String... words) {
    var prefix =
        new Execution.Prefix(
            List.of("env", "BEHIND=yes"), Map.of(here.toString(), there.toString()));
    var finished =
        new PrefixExecutor(prefix, new LocalProcesses())
            .workload(_ -> {})
            .run(
                new Command(
                    List.of(words), here, environment, Duration.ofSeconds(20), Optional.empty()),
                _ -> {});
    assertThat(finished.succeeded()).as(finished.output()).isTrue();
    return finished.output();
  }

  @Test
  void setsFolderAndVariablesBehindThePrefix() {
    assertThat(
            run(
                Map.of("PYTHONPATH", here + "/a:" + here + "2", "ODD", "a b\n$c"),
                "sh",
                "-c",
                "echo $BEHIND; pwd; echo $PYTHONPATH; echo \"$ODD\"; cat \"$0\"",
                here + "/data"))
        .isEqualTo("yes\n%s\n%s/a:%s2\na b\n$c\nread\n".formatted(there, there, here));
  }

  @Test
  void passesArgumentsAsTheyAre() {
    assertThat(run(Map.of(), "printf", "%s|", "a b", "'q'", "$HOME", "x" + here))
        .isEqualTo("a b|'q'|$HOME|x" + here + "|");
  }

  @Test
  void bringsBackThePathsThatTheInjectedCodeWroteDown() throws IOException {
    var prefix = here.resolve("profiles_p");
    assertThat(
            run(
                Map.of("TLLM_HOSTPERF_FACTS", prefix.toString()),
                "sh",
                "-c",
                "echo \"{\\\"file\\\": \\\"$PWD/a.py\\\", \\\"other\\\": \\\"${PWD}2/é\\\"}\""
                    + " >\"$TLLM_HOSTPERF_FACTS.7.json\"; cat \"$TLLM_HOSTPERF_FACTS.7.json\""))
        .contains(there + "/a.py");
    assertThat(Files.readString(here.resolve("profiles_p.7.json")))
        .isEqualTo("{\"file\": \"%s/a.py\", \"other\": \"%s2/é\"}\n".formatted(here, there));
  }
}
