package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFilesTest {
  @TempDir Path folder;

  private StackProfile read(String content) throws IOException {
    return StackFiles.read(Files.writeString(folder.resolve("profile"), content));
  }

  @Test
  void readsPySpysSpeedscope() throws IOException {
    var profile =
        read(
            """
            {"profiles":[{"type":"sampled","name":"Process 7 Thread 7 \\"\\"","unit":"seconds",
              "startValue":0,"endValue":0.01,"samples":[[0,1,2,3],[0,1,2]],"weights":[0.005,0.005]},
             {"type":"sampled","name":"Process 7 Thread 9 \\"poller\\"","unit":"seconds",
              "startValue":0,"endValue":0.005,"samples":[[2]],"weights":[0.005]}],
             "shared":{"frames":[{"name":"process 7:\\"python x.py\\"","file":"","line":null},
              {"name":"thread (7): MainThread","file":"","line":0},
              {"name":"step","file":"/e/core.py","line":4},
              {"name":"hash","file":"/e/core.py","line":9}]}}
            """);
    assertThat(profile.tracks())
        .extracting(ThreadStacks::thread)
        .containsExactly("MainThread", "poller");
    assertThat(profile.tracks()).extracting(ThreadStacks::process).containsOnly(7L);
    assertThat(profile.tracks().getFirst().stacks().getFirst().frames())
        .containsExactly(new Frame("step", "/e/core.py", 4), new Frame("hash", "/e/core.py", 9));
    assertThat(profile.unit()).isEqualTo(StackProfile.Unit.SECONDS);
  }

  @Test
  void readsEventedSpeedscope() throws IOException {
    var profile =
        read(
            """
            {"shared":{"frames":[{"name":"step"},{"name":"hash"}]},
             "profiles":[{"type":"evented","name":"main","unit":"milliseconds","startValue":0,
              "endValue":5,"events":[{"type":"O","frame":0,"at":0},{"type":"O","frame":1,"at":2},
              {"type":"C","frame":1,"at":3},{"type":"C","frame":0,"at":5}]}]}
            """);
    var shares = Shares.of(profile.tracks().getFirst().stacks());
    assertThat(shares.weight()).isEqualTo(0.005);
    assertThat(shares.functions().getFirst().own()).isEqualTo(0.8);
  }

  @Test
  void readsPySpysRaw() throws IOException {
    var profile =
        read(
            """
            process 12:"python w.py";thread (12): MainThread;<module> (w.py:19);step (/a b/w.py:5) 274
            thread (0x7F): poller;bg (w.py:13) 8
            """);
    var first = profile.tracks().getFirst();
    assertThat(first.process()).isEqualTo(12);
    assertThat(first.thread()).isEqualTo("(12): MainThread");
    assertThat(first.stacks().getFirst())
        .isEqualTo(
            new Stack(
                java.util.List.of(
                    new Frame("<module>", "w.py", 19), new Frame("step", "/a b/w.py", 5)),
                274));
    assertThat(profile.tracks().get(1).stacks().getFirst().weight()).isEqualTo(8);
  }

  @Test
  void readsAustinsCollapsedStacks() throws IOException {
    var profile = read("P42;T43;/e/core.py:step:4;/e/core.py:hash:9 1200\n");
    assertThat(profile.tracks().getFirst().process()).isEqualTo(42);
    assertThat(profile.tracks().getFirst().stacks().getFirst().frames())
        .containsExactly(new Frame("step", "/e/core.py", 4), new Frame("hash", "/e/core.py", 9));
  }

  @Test
  void readsPlainCollapsedStacks() throws IOException {
    var profile = read("# comment\nmain;step;hash 3\nmain;step 1\n");
    assertThat(profile.weight()).isEqualTo(4);
  }

  /// As py-spy 0.4 wrote it of a running program: a text of the program in place of a name.
  @Test
  void readsARowWhoseNameHasLineEnds() throws IOException {
    var profile =
        read(
            """
            process 7:"python3 b.py";thread (7): MainThread;main (/e/b.py:3) 2
            process 7:"python3 b.py";thread (7): MainThread;JSON <https://json.org> is a subset of
            JavaScript syntax

            used as a format (/e/b.py:1);step (/e/b.py:4) 1
            process 7:"python3 b.py";thread (7): MainThread;step (/e/b.py:4) 4
            """);
    assertThat(profile.weight()).isEqualTo(7);
    assertThat(profile.tracks().getFirst().stacks().get(1).frames().getLast())
        .isEqualTo(new Frame("step", "/e/b.py", 4));
  }

  @Test
  void refusesWhatItCannotReadAndNamesIt() {
    assertThatThrownBy(() -> read("main;step\n"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("has no count at its end");
    assertThatThrownBy(() -> read("{\"traceEvents\":[]}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a trace of events");
    assertThatThrownBy(() -> read("{\"shared\":"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("malformed at line");
    assertThatThrownBy(
            () ->
                read(
                    "{\"shared\":{\"frames\":[]},\"profiles\":[{\"type\":\"sampled\",\"name\":\"m\","
                        + "\"unit\":\"none\",\"samples\":[[3]],\"weights\":[1]}]}"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("names frame 3 of 0");
  }
}
