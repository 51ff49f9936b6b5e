package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.classify.Hotspot;
import hostperf.job.JobFiles;
import hostperf.journal.Clone;
import hostperf.journal.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stored profiles, samples, patches and jobs that were edited or came along.
class EditedFilesTest {
  @TempDir Path folder;
  private Clone clone;

  @BeforeEach
  void make() throws IOException {
    clone = Clone.in(folder);
  }

  private static final List<Hotspot> NONE = List.of();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profiles/p0.hotspots.json",
        "profiles/p0.h1.options.json",
        "samples/patch-1.json",
        "patches/patch-1.diff"
      })
  void refusesAStoredFileThatWasEditedReplacedOrRenamed(String name) throws IOException {
    clone.begun();
    var run = clone.open().runs().folder(Clone.ID);
    run.write(name, name.endsWith(".json") ? "{\"gain\":1}" : "-a\n+b\n");
    run.write("copy/" + name, name.endsWith(".json") ? "{\"gain\":9}" : "-a\n+c\n");
    assertThat(run.read(name)).isIn("{\"gain\":1}", "-a\n+b\n");
    var file = run.path().resolve(name);
    var sealed = Files.readString(file);
    var edited = sealed.replace("{\"gain\":1", "{\"gain\":2").replace("+b", "+x");
    for (var text :
        List.of(edited, "{\"gain\":3}", Files.readString(run.path().resolve("copy/" + name)))) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> run.read(name))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining(name)
          .hasMessageContaining("is ignored");
    }
    Files.writeString(file, sealed);
    assertThat(run.find(name)).isPresent();
  }

  @Test
  void proposesNothingFromHotspotsThatWereEdited() throws IOException {
    clone.begun();
    var stored = new Stored(clone.open().runs().folder(Clone.ID));
    stored.save("p0", NONE);
    Files.writeString(
        clone.home().resolve(Clone.ID + "/profiles/p0.hotspots.json"), "{\"hotspots\":[]}");
    assertThatThrownBy(() -> stored.hotspots("p0")).hasMessageContaining("is ignored");
  }

  @Test
  void leavesOutAndNamesAJobThatCameAlong() throws IOException {
    clone.begun();
    clone.write(
        ".hostperf/jobs/job-aaaaaaaa.json",
        "{\"jobId\":\"job-aaaaaaaa\",\"work\":{\"tool\":\"validate\",\"run\":null},"
            + "\"state\":\"RUNNING\",\"process\":{\"pid\":999999,\"started\":\"\",\"mark\":\"HOME\"},"
            + "\"times\":{\"started\":\"2026-01-01T00:00:00Z\",\"ended\":null},\"error\":null,"
            + "\"result\":null}");
    assertThat(new JobFiles(clone.open().home()).all()).isEmpty();
    assertThat(new Recovery(clone.open()).leftovers()).isEmpty();
    assertThat(String.join("\n", clone.open().notBelieved())).contains("job-aaaaaaaa.json");
  }
}
