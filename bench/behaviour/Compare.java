import hostperf.behaviour.Around;
import hostperf.behaviour.Behaviour;
import hostperf.behaviour.BehaviourPass;
import hostperf.host.LocalProcesses;
import hostperf.patch.FileChange;
import hostperf.source.Callees;
import hostperf.profile.Launcher;
import hostperf.profile.Workload;
import hostperf.source.Modules;
import hostperf.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the behaviour of versions of a checkout: reads {directory, command, environment, cases:
/// [{name, changes: [{path, before, after}]}]} from a file and prints a line of JSON for each case.
public class Compare {
  private static final JsonMapper JSON = JsonMapper.shared();

  public static void main(String[] arguments) throws IOException {
    JsonNode all = JSON.readTree(Path.of(arguments[0]).toFile());
    Path directory = Path.of(all.path("directory").asString());
    var workload =
        new Workload(
            texts(all.path("command")),
            directory,
            environment(all.path("environment")),
            Duration.ofMinutes(10),
            Optional.empty(),
            List.of());
    int number = 0;
    for (JsonNode one : all.path("cases")) {
      var changes =
          StreamSupport.stream(one.path("changes").spliterator(), false)
              .map(c -> new FileChange(c.path("path").asString(), c.path("before").asString(), c.path("after").asString()))
              .toList();
      var folder = Files.createTempDirectory("behaviour");
      var launcher = new Launcher(new LocalProcesses(), folder, System.getenv());
      write(directory, changes, false);
      var sources = new Sources(directory);
      var around = Around.of(changes, sources, Optional.empty(), new Callees(new Modules(sources)));
      long began = System.nanoTime();
      int[] launches = {0};
      var behaviour =
          new BehaviourPass(
              launcher, workload, around, java.util.Set.of(), java.util.Set.of())
              .compare(
                  new BehaviourPass.Shown() {
                    @Override
                    public <T> T base(Supplier<T> launch) {
                      return shown(true, launch);
                    }

                    @Override
                    public <T> T candidate(Supplier<T> launch) {
                      return shown(false, launch);
                    }

                    private <T> T shown(boolean base, Supplier<T> launch) {
                      launches[0]++;
                      write(directory, changes, base);
                      return launch.get();
                    }
                  },
                  "case" + number++,
                  _ -> {});
      write(directory, changes, true);
      System.out.println(
          JSON.writeValueAsString(
              Map.of(
                  "name", one.path("name").asString(),
                  "compared", around.compared(),
                  "launches", launches[0],
                  "seconds", (System.nanoTime() - began) / 1e9,
                  "behaviour", behaviour)));
      if (System.getenv("KEEP") == null) {
        remove(folder);
      } else {
        System.err.println(folder);
      }
    }
  }

  private static Map<String, String> environment(JsonNode node) {
    Map<String, String> environment = new java.util.HashMap<>();
    node.properties().forEach(e -> environment.put(e.getKey(), e.getValue().asString()));
    return environment;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }

  private static void write(Path directory, List<FileChange> changes, boolean base) {
    for (FileChange change : changes) {
      try {
        Files.writeString(directory.resolve(change.path()), base ? change.before() : change.after());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
