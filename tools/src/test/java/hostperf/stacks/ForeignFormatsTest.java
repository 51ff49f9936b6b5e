package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hostperf.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Profiles as the tools themselves write them, and what is none.
class ForeignFormatsTest {
  /// As Python's own sampling profiler and samply write it: a column a field, texts shared.
  private static final String PROCESSED =
      """
      {"meta":{"interval":10,"preprocessedProfileVersion":57},"libs":[],
       "shared":{"stringArray":["(root)","step","core.py","hash"],
                 "sources":{"length":0,"uuid":[],"filename":[]}},
       "threads":[{"name":"Thread-7","pid":"12","tid":7,
         "samples":{"stack":[1,1,0,null],"time":[0,10,20,30],"weight":null,"weightType":"samples","length":4},
         "stackTable":{"frame":[0,1],"category":[1,1],"prefix":[null,0],"length":2},
         "frameTable":{"func":[0,1],"line":[4,9],"column":[null,null],"length":2},
         "funcTable":{"name":[1,3],"isJS":[true,true],"fileName":[2,2],"lineNumber":[3,8],"length":2},
         "markers":{"data":[{"type":"GIL"}],"length":1}}]}
      """;

  /// As Firefox writes it: rows under a schema, other processes within.
  private static final String RAW =
      """
      {"meta":{"version":31,"interval":1},"pid":5,"threads":[{"name":"GeckoMain","tid":5,"pid":5,
        "samples":{"schema":{"stack":0,"time":1,"eventDelay":2},"data":[[1,0.5],[0,1.5,3],[null,2.5]]},
        "stackTable":{"schema":{"prefix":0,"frame":1},"data":[[null,0],[0,1]]},
        "frameTable":{"schema":{"location":0,"relevantForJS":1,"line":4},
                      "data":[[0,false],[1,false,null,null,9]]},
        "stringTable":["main (app.js:3:7)","render (app.js:8)"]}],
       "processes":[{"meta":{"interval":1},"pid":6,"threads":[{"name":"Web",
         "samples":{"schema":{"stack":0},"data":[[0]]},
         "stackTable":{"schema":{"prefix":0,"frame":1},"data":[[null,0]]},
         "frameTable":{"schema":{"location":0},"data":[[0]]},"stringTable":["idle"]}]}]}
      """;

  @TempDir Path folder;

  private static Path fixture(String name) {
    return Path.of(
        Objects.requireNonNull(ForeignFormatsTest.class.getResource("/stacks/" + name)).getPath());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("profile"), content);
  }

  private Path packed(byte[] content) throws IOException {
    var file = folder.resolve("profile.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    }
    return file;
  }

  private StackProfile read(String content) throws IOException {
    return StackFiles.read(file(content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2.7.18", "3.6.15", "3.8.18", "3.9.18", "3.10.13", "3.11.7", "3.12.1", "3.13.0"})
  void readsWhatCProfileOfEachPythonWrites(String version) {
    var file = fixture("cprofile-" + version + ".pstats");
    assertThat(StackFiles.kind(file)).isEqualTo(FileKind.PSTATS);
    var shares = StackFiles.callGraph(file).shares();
    var sleep = shares.functions().stream().filter(f -> f.function().contains("sleep")).findFirst();
    // It slept 10 ms and woke up late; the rest is 30 sums of 2000 squares.
    assertThat(sleep.orElseThrow().own() * shares.weight()).isBetween(0.0095, 0.05);
    assertThat(shares.functions().stream().mapToDouble(Shares.FunctionShare::own).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(shares.calls())
        .anyMatch(c -> c.from().function().equals("outer") && c.function().equals("inner"));
  }

  @Test
  void readsTheFirefoxProfilersProcessedFormat() throws IOException {
    var profile = read(PROCESSED);
    var track = profile.tracks().getFirst();
    assertThat(track.process()).isEqualTo(12);
    assertThat(track.thread()).isEqualTo("Thread-7");
    assertThat(track.stacks().getFirst().frames())
        .containsExactly(new Frame("step", "core.py", 4), new Frame("hash", "core.py", 9));
    assertThat(track.stacks().get(3).frames()).isEmpty();
    assertThat(profile.weight()).isCloseTo(0.04, within(1e-12));
  }

  @Test
  void readsSourcesThatAllThreadsShare() throws IOException {
    var profile =
        read(
            PROCESSED
                .replace("\"fileName\":[2,2]", "\"source\":[0,0]")
                .replace("\"filename\":[]", "\"filename\":[2]"));
    assertThat(profile.tracks().getFirst().stacks().getFirst().frames().getFirst().file())
        .isEqualTo("core.py");
  }

  @Test
  void readsFirefoxsOwnFormatWithItsProcesses() throws IOException {
    for (var text : new String[] {RAW, "{\"profile\":" + RAW + "}"}) {
      var profile = read(text);
      assertThat(profile.tracks()).extracting(ThreadStacks::process).containsExactly(5L, 6L);
      assertThat(profile.tracks().getFirst().stacks().getFirst().frames())
          .containsExactly(new Frame("main", "app.js", 3), new Frame("render", "app.js", 9));
    }
  }

  @Test
  void readsAustinsFirstRelease() {
    var profile = StackFiles.read(fixture("austin-1.0.1.txt"));
    assertThat(profile.tracks()).hasSize(1);
    assertThat(Shares.of(profile.tracks().getFirst().stacks()).lines())
        .anyMatch(l -> l.place().equals(new Frame("inner", "w.py", 3)));
    var full = StackFiles.read(fixture("austin-1.0.1-full.txt"));
    assertThat(full.tracks().getFirst().stacks().getFirst())
        .satisfies(
            s -> {
              assertThat(s.weight()).isEqualTo(1805);
              assertThat(s.frames()).contains(new Frame("step", "w.py", 6));
            });
  }

  @Test
  void readsAustinsHeaderAndItsFullMode() throws IOException {
    var profile =
        read(
            """
            # austin: 3.6.0
            # interval: 100
            # mode: full
            P42;T0:43;/e/core.py:step:4;/e/core.py:hash:9 1200,0,-4096
            P42;T0:44;/e/core.py:<lambda>:2 300,1,0

            # duration: 1500
            """);
    assertThat(profile.unit()).isEqualTo(StackProfile.Unit.SECONDS);
    assertThat(profile.weight()).isCloseTo(0.0015, within(1e-12));
    assertThat(profile.tracks()).extracting(ThreadStacks::thread).containsExactly("0:43", "0:44");
  }

  @Test
  void readsAsyncProfilersThreadsAndKinds() throws IOException {
    var track =
        read("[main tid=71];java/lang/Thread.run_[0];engine/Loop.step_[j] 12\n")
            .tracks()
            .getFirst();
    assertThat(track.thread()).isEqualTo("main tid=71");
    assertThat(track.stacks().getFirst().frames().getLast().function())
        .isEqualTo("engine/Loop.step");
  }

  @Test
  void readsWhatGzipPacked() throws IOException {
    var file = packed(PROCESSED.getBytes(StandardCharsets.UTF_8));
    assertThat(StackFiles.read(file).tracks()).hasSize(1);
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    refused(file, "its gzip data is cut");
  }

  @Test
  void refusesWhatSeemsSmallAndIsNot() throws IOException {
    int most = (int) Math.min(Runtime.getRuntime().maxMemory() / 48, 200_000_000);
    // 64 MiB of one line in 64 KiB; a list of numbers without end is as small.
    refused(packed(new byte[64 << 20]), "it is not text: byte 0 is 0");
    refused(packed("a".repeat(64 << 20).getBytes(StandardCharsets.UTF_8)), "line 1, 'aaa");
    refused(
        packed(("{\"a\":[" + "1,".repeat(most) + "1]}").getBytes(StandardCharsets.ISO_8859_1)),
        "more values than fit into memory, at line 1");
    refused(file("{\"a\":".repeat(100_000)), "its JSON is beyond limits: Document nesting depth");
  }

  @Test
  void refusesStacksThatMultiply() throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < 12_000; i++) {
      text.append(i == 0 ? "null" : i - 1).append(i == 11_999 ? "" : ",");
    }
    var zeros = "0,".repeat(11_999) + "0";
    refused(
        file(
            PROCESSED
                .replace("\"prefix\":[null,0]", "\"prefix\":[" + text + "]")
                .replace("\"frame\":[0,1]", "\"frame\":[" + zeros + "]")),
        "of thread 0 is beyond what fits into memory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MOJ\3abc | mojo2austin",
        "SQLite format 3\0 | hostperf detect",
        "[{\"ph\":\"X\"}] | hostperf detect",
        "{\"traceEvents\":[]} | hostperf detect",
        "{\"elapsed_time_sec\":1,\"files\":{}} | Scalene",
        "{\"a\":1} | neither speedscope's nor the Firefox Profiler's",
        "{\"shared\": | malformed at line 1",
        "'main;step 1\nmain;step' | line 2",
        "'# only\n' | only comments",
        "'main;step 1.2.3' | line 1 ends with '1.2.3'",
        "'main;step -3' | counts memory",
        "'# mode: memory\nP1;T1;a:b:1 3' | line 1 counts memory"
      })
  void saysWhatItIsAndWhere(String content, String reason) throws IOException {
    refused(file(content), reason);
  }

  @Test
  void refusesDamagedTables() throws IOException {
    refused(file(PROCESSED.replace("[1,1,0,null]", "[1,7,0,null]")), "sample 1 of thread 0");
    refused(file(PROCESSED.replace("\"prefix\":[null,0]", "\"prefix\":[1,0]")), "stack 0 of");
    refused(file(PROCESSED.replace("\"func\":[0,1]", "\"func\":[0,9]")), "frame 1 of thread 0");
    refused(file(PROCESSED.replace("\"func\":[0,1]", "\"func\":[\"x\"]")), "column 'func'");
    refused(file(PROCESSED.replace("\"samples\",", "\"bytes\",")), "counts bytes, not time");
  }

  @Test
  void refusesDamagedPstatsWithThePosition() throws IOException {
    byte[] whole = Files.readAllBytes(fixture("cprofile-3.12.1.pstats"));
    for (int end = 1; end < whole.length; end += 7) {
      var cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, end));
      assertThatThrownBy(() -> StackFiles.callGraph(cut))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("at byte " + end);
    }
    var random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      var file = Files.write(folder.resolve("damaged"), damaged);
      try {
        StackFiles.callGraph(file);
      } catch (Refusal refusal) {
        assertThat(refusal).hasMessageContaining("damaged");
      }
    }
  }

  @Test
  void refusesEmptyFilesFoldersAndPipes() throws IOException {
    refused(file(""), "it is empty");
    refused(folder, "is not a regular file");
    refused(folder.resolve("none"), "There is no file");
    refused(Path.of("/dev/null"), "is not a regular file");
  }

  private static void refused(Path file, String reason) {
    assertThatThrownBy(() -> StackFiles.sum(List.of(read(file))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(file.getFileName().toString());
  }

  private static StackProfile read(Path file) {
    StackFiles.kind(file);
    return StackFiles.read(file);
  }
}
