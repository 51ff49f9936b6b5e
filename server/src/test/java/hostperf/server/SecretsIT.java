package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Variables and arguments that look like secrets, and passwords in addresses, reach the workload
/// and the tests, and nothing else.
class SecretsIT {
  private static final String INHERITED = "hf_inherited0123456789";
  private static final String CONFIGURED = "configured-pass-word";
  private static final String ARGUMENT = "sk-argument0123456789";
  private static final String ADDRESS = "address-pass-word";
  private static final String HOOK = "hook0123456789";
  private static final String[] ALL = {INHERITED, CONFIGURED, ARGUMENT, ADDRESS, HOOK};
  private static final String TELL =
      """

      import os, sys
      print("ALL", dict(os.environ), sys.argv)
      print("ADDRESS", os.environ["REDIS_URL"], "amqp://guest:address-pass-word@mq:5672")
      print("ONE", os.environ["HF_TOKEN"], os.environ["DB_PASSWORD"])
      open("seen.txt", "w").write(os.environ["HF_TOKEN"] + os.environ["DB_PASSWORD"] + sys.argv[2])
      """;

  @TempDir Path folder;

  @Test
  void arePassedOnButNeverShownNorKept() throws IOException {
    var checkout = TinyCheckout.in(folder);
    var root = checkout.root();
    Files.writeString(root.resolve("bench.py"), checkout.read("bench.py") + TELL);
    Files.writeString(
        root.resolve("tests/test_secret.py"),
        "import os\ndef test_it():\n    assert os.environ['HF_TOKEN'] == 'another'\n");
    Files.writeString(
        root.resolve("hostperf.yaml"),
        checkout
            .read("hostperf.yaml")
            .replace(
                "{PYTHONPATH: .}",
                "{PYTHONPATH: ., DB_PASSWORD: "
                    + CONFIGURED
                    + ", REDIS_URL: 'redis://bob:"
                    + ADDRESS
                    + "@host/0', ALERT_WEBHOOK: "
                    + HOOK
                    + "}")
            .replace("bench.py]", "bench.py, --api-key, " + ARGUMENT + "]")
            .replace("tests:\n", "tests:\n  always: [tests/test_secret.py]\n"));
    Files.writeString(root.resolve(".gitignore"), "seen.txt\n");
    checkout.git("add", ".");
    checkout.commit("Tells all it knows");
    checkout.trust();
    var said = new StringBuilder();
    try (var server = RawServer.on(root, checkout.home(), Map.of("HF_TOKEN", INHERITED))) {
      var begun = server.call("start_run", Map.of());
      var run = Map.<String, Object>of("run_id", begun.field("run_id"));
      said.append(begun.text()).append(begun.fields());
      for (var tool : new String[] {"profile", "classify", "status"}) {
        var answer = server.call(tool, run);
        assertThat(answer.isError()).as(answer.text()).isFalse();
        said.append(answer.text()).append(answer.fields());
      }
      server.call("apply_patch", Kills.edit(begun.field("run_id")));
      var tests = server.call("run_unit_tests", run);
      assertThat(tests.text()).contains("test_secret");
      said.append(tests.text()).append(tests.fields());
      said.append(
          server.call("report", Map.of("run_id", begun.field("run_id"), "scope", "round")).text());
    }
    assertThat(checkout.read("seen.txt")).isEqualTo(INHERITED + CONFIGURED + ARGUMENT);
    assertThat(said.toString()).doesNotContain(ALL);
    var kept = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(root.resolve(".hostperf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        kept.put(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    }
    assertThat(kept.values())
        .anyMatch(t -> t.contains("ONE [hidden] [hidden]"))
        .anyMatch(t -> t.contains("redis://bob:[hidden]@host/0 amqp://guest:[hidden]@mq:5672"))
        .anyMatch(t -> t.contains("bench.py, --api-key, [hidden]]"));
    assertThat(kept).allSatisfy((file, text) -> assertThat(text).as(file).doesNotContain(ALL));
  }
}
