package hostperf.execution;

import hostperf.StrictJson;
import hostperf.host.Processes;
import hostperf.seal.SealedFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The jobs that hostperf has asked Slurm for, written down before Slurm hears of them: what a
/// killed server leaves is found by name, whether or not its number came back.
public final class HeldJobs {
  private static final JsonMapper JSON = StrictJson.builder().build();

  private final SealedFolder folder;
  private final String mark;

  /// @param mark of this process: the others' are left behind
  public HeldJobs(SealedFolder folder, String mark) {
    this.folder = folder;
    this.mark = mark;
  }

  /// @param jobId absent until Slurm has answered
  record Held(String name, OptionalLong jobId, String mark) {}

  void note(String name, OptionalLong jobId) {
    var _ = folder.write(name + ".json", JSON.writeValueAsString(new Held(name, jobId, mark)));
  }

  /// Nothing of it is left.
  void forget(String name) {
    delete(lease(name));
    delete(folder.file(name + ".json"));
  }

  /// A file that is as new as the last use of the job.
  private Path lease(String name) {
    return folder.file(name + ".lease");
  }

  /// Where the tasks of a launch write down where they run.
  Path places(String name) {
    return folder.file(name + ".task");
  }

  /// Says that the job is used now.
  Path touch(String name) {
    return folder.writePlain(name + ".lease", "");
  }

  /// Of processes that are gone.
  public List<String> abandoned() {
    return stored().stream().filter(h -> !h.mark().equals(mark)).map(Held::name).toList();
  }

  /// Cancels what processes that are gone have left. The caller owns the checkout.
  ///
  /// @return what was done, in words
  public List<String> recover(Processes local, Path directory) {
    var done = new ArrayList<String>();
    var slurm = new SlurmCommands(local, directory);
    for (var name : abandoned()) {
      var live = slurm.named(name);
      live.ifPresent(
          id -> {
            slurm.cancel(id);
            done.add("Slurm job %d (%s) of a server that ended was cancelled".formatted(id, name));
          });
      forget(name);
    }
    return done;
  }

  private List<Held> stored() {
    var held = new ArrayList<Held>();
    for (var name : folder.names(".json")) {
      read(name).ifPresent(held::add);
    }
    return held;
  }

  private Optional<Held> read(String file) {
    try {
      return folder.read(file).map(text -> JSON.readValue(text, Held.class));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static void delete(Path file) {
    var _ = file.toFile().delete();
  }
}
