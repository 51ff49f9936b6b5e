package hostperf.run.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `python/engine` has no `__init__.py`, `python/engine/scheduler` has one.
class ProfiledModulesTest {
  @TempDir Path folder;

  private String name(String path, String... profiled) throws IOException {
    for (var file :
        List.of(
            "bench.py",
            "python/engine/core.py",
            "python/engine/scheduler/__init__.py",
            "python/engine/scheduler/cache.py",
            "python/engine/scheduler/scheduler.py",
            "src/other/__init__.py",
            "src/other/core.py")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), "def step():\n    pass\n");
    }
    var sources = new Sources(folder);
    var paths = List.of("bench.py", "python/engine/scheduler/scheduler.py");
    return ProfiledModules.of(sources, paths, List.of(profiled))
        .nameOf(sources.file(path).orElseThrow());
  }

  @Test
  void aModuleHasTheNameThatTheProgramImportedItBy() throws IOException {
    var ran = "engine.scheduler.scheduler.Scheduler.normal_loop";
    assertThat(name("python/engine/scheduler/scheduler.py", ran))
        .isEqualTo("engine.scheduler.scheduler");
    assertThat(name("python/engine/scheduler/scheduler.py", "else.core.step"))
        .isEqualTo("scheduler.scheduler");
  }

  @Test
  void soHaveItsNeighboursThatWereNotProfiled() throws IOException {
    var ran = "engine.scheduler.scheduler.Scheduler.normal_loop";
    assertThat(name("python/engine/scheduler/cache.py", ran)).isEqualTo("engine.scheduler.cache");
    assertThat(name("python/engine/core.py", ran)).isEqualTo("engine.core");
  }

  @Test
  void aScriptAtTheTopTellsNothingOfTheFilesBelow() throws IOException {
    assertThat(name("src/other/core.py", "bench.step")).isEqualTo("other.core");
  }
}
