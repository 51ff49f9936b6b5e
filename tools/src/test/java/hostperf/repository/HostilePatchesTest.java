package hostperf.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.patch.Edit;
import hostperf.patch.FileChange;
import hostperf.patch.PatchPolicy;
import hostperf.patch.PatchReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostilePatchesTest {
  private static final Pattern CASE = Pattern.compile("(?m)^## (.+) :: (.+)\\n((?:(?!## ).*\\n)*)");

  @TempDir static Path folder;
  private static Sandbox sandbox;
  private static PatchReader reader;
  private static Map<String, String> before;

  record Hostile(String name, String reason, String diff) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Hostile> patches() throws Exception {
    Path file = Golden.root().resolve("tools/src/test/resources/hostile/patches.txt");
    return CASE.matcher(Files.readString(file))
        .results()
        .map(m -> new Hostile(m.group(1), m.group(2), decoded(m.group(3))))
        .toList();
  }

  @BeforeAll
  static void create() throws Exception {
    sandbox = Sandbox.create(folder.resolve("checkout"));
    Sandbox inner = Sandbox.create(folder.resolve("inner"));
    sandbox.write("pkg/deep/b.py", "def b():\n    return 1\n");
    sandbox.write("pkg/crlf.py", "one\r\ntwo\r\n");
    sandbox.write("pkg/noend.py", "x = 1");
    sandbox.write("pkg/frozen/f.py", "x\n");
    Files.write(sandbox.file("pkg/data.bin"), new byte[] {'x', 0, 1});
    Files.write(sandbox.file("pkg/latin.py"), new byte[] {'#', (byte) 0xe9, '\n'});
    Files.createSymbolicLink(sandbox.file("pkg/link.py"), Path.of("a.py"));
    Files.createSymbolicLink(sandbox.file("pkg/linked"), Path.of("../tests"));
    sandbox.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "-q",
        inner.root().toString(),
        "pkg/sub");
    sandbox.git("add", ".");
    sandbox.git("commit", "-q", "-m", "all kinds");
    sandbox.write("pkg/untracked.py", "x\n");
    Repository repository = sandbox.open();
    var policy = new PatchPolicy(List.of("pkg/**"), List.of("pkg/frozen/**"));
    reader = new PatchReader(policy, repository.tree(repository.head()));
    before = everything();
  }

  @AfterAll
  static void nothingInTheWholeFolderHasChanged() {
    assertThat(everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("patches")
  void isRefusedWithItsReason(Hostile hostile) {
    assertThatThrownBy(() -> reader.ofDiff(hostile.diff()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(hostile.reason());
  }

  @Test
  void thereAreAtLeastSixty() throws Exception {
    assertThat(patches()).hasSizeGreaterThan(60).extracting(Hostile::name).doesNotHaveDuplicates();
  }

  static Stream<Hostile> edits() {
    return Stream.of(
        new Hostile("tests/test_a.py", "is protected", "x"),
        new Hostile("pkg/../other.txt", "holds `..`", "x"),
        new Hostile("pkg/linked/test_a.py", "is protected", "x"),
        new Hostile("pkg/linked/data.py", "is a symbolic link", "x"),
        new Hostile("pkg/sub/pkg/a.py", "is a submodule", "x"),
        new Hostile("pkg/a.py", "has an empty `old`", ""),
        new Hostile("pkg/a.py", "`old` occurs 3 times in pkg/a.py, at lines [1, 3, 3]", "e"),
        new Hostile("pkg/a.py", "Near it, the file has:\n    1 | one\n", "one  \ntwo"),
        new Hostile("pkg/crlf.py", "The file's lines end with CRLF", "one\ntwo"));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void anEditIsRefusedWithItsReason(Hostile hostile) {
    var edit = new Edit(hostile.name(), hostile.diff(), "y");
    assertThatThrownBy(() -> reader.ofEdits(List.of(edit)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(hostile.reason());
  }

  @Test
  void whatIsTooBigIsRefused() {
    String many = "line\n".repeat(2_001);
    assertThatThrownBy(() -> reader.ofEdits(List.of(new Edit("pkg/a.py", "two\n", many))))
        .hasMessageContaining("The patch changes 2002 lines; at most 2,000 are allowed");
    String huge = "x".repeat(1 << 21);
    assertThatThrownBy(() -> reader.ofEdits(List.of(new Edit("pkg/a.py", "two", huge))))
        .hasMessageContaining("has over 1 MiB");
  }

  @Test
  void aChangeMadeForAnotherContentIsRefused() {
    assertThatThrownBy(
            () -> reader.ofChanges(List.of(new FileChange("pkg/a.py", "old\n", "new\n"))))
        .hasMessageContaining("pkg/a.py is no longer what the change was made for");
  }

  private static Map<String, String> everything() {
    return Sandbox.snapshot(folder, "none");
  }

  private static String decoded(String text) {
    return Pattern.compile("\\\\u([0-9a-f]{4})")
        .matcher(text)
        .replaceAll(
            m -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(m.group(1), 16))));
  }
}
