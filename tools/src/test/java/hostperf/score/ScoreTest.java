package hostperf.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.catalog.TargetMap;
import hostperf.catalog.TargetMaps;
import hostperf.catalog.TypeHead;
import hostperf.classify.Classifier;
import hostperf.classify.facts.HotspotType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {
  private static final Path REFERENCES = Golden.root().resolve("references");
  private static final TargetMap GENERIC = TargetMaps.read(REFERENCES).of("generic");

  private static final String SOURCE =
      """
      import torch

      def step(x: torch.Tensor):
          n = x.max().item()
          torch.cuda.synchronize()
          kept = dict(
              n=n,
              rows=x.tolist(),
          )
          return kept
      """;

  private static String line(String id, String commit, int at, String type, String also) {
    return """
        {"id":"%s","source":"o/engine","parent":"%s","file":"a/s.py","function":"step","before_lines":[%d,%d],"hot_lines":[%d],"type":"%s","also":[%s],"line_visible":true}
        """
        .formatted(id, commit, at, at, at, type, also);
  }

  private static String commit(Path folder) throws IOException, GitAPIException {
    try (var git = Git.init().setDirectory(folder.toFile()).call()) {
      Files.createDirectories(folder.resolve("a"));
      Files.writeString(folder.resolve("a/s.py"), SOURCE);
      git.add().addFilepattern(".").call();
      return git.commit().setMessage("x").setAuthor("a", "a@b").setSign(false).call().name();
    }
  }

  private static Score score(Path dir, String cases) throws IOException {
    var file = Files.writeString(dir.resolve("cases.jsonl"), cases);
    return Score.of(file, dir.resolve("src"), new Classifier(TypeHead.read(REFERENCES)), GENERIC);
  }

  /// Classifying shows a statement at its first line where several of its lines cost.
  @Test
  void aStatementOverSeveralLinesAnswersForEachOfThem(@TempDir Path dir) throws Exception {
    var at = commit(dir.resolve("src/o+engine"));
    var score = score(dir, line("inside", at, 8, "HOST_SYNC", ""));
    assertThat(score.answers().getFirst().decided()).contains(HotspotType.HOST_SYNC);
  }

  @Test
  void tellsRightFromAcceptedFromWrong(@TempDir Path dir) throws Exception {
    var at = commit(dir.resolve("src/o+engine"));
    var score =
        score(
            dir,
            line("right", at, 4, "HOST_SYNC", "")
                + line("accepted", at, 5, "HOST_SYNC", "\"SYNC\"")
                + line("wrong", at, 5, "ALLOC", ""));
    assertThat(score.total().decided()).isEqualTo(3);
    assertThat(score.total().primary()).isEqualTo(1);
    assertThat(score.total().accepted()).isEqualTo(2);
    assertThat(score.total().held()).isGreaterThanOrEqualTo(1);
    assertThat(score.total().candidates()).isGreaterThanOrEqualTo(3);
    assertThat(score.byType().get(HotspotType.HOST_SYNC))
        .extracting(Score.Tally::accepted)
        .isEqualTo(2);
    assertThat(score.answers().getLast().decided()).contains(HotspotType.SYNC);
  }

  @Test
  void namesCasesWhoseSourceIsMissing(@TempDir Path dir) throws Exception {
    Files.createDirectories(dir.resolve("src"));
    var score = score(dir, line("gone", "0".repeat(40), 4, "HOST_SYNC", ""));
    assertThat(score.skipped()).containsExactly("gone");
  }

  @Test
  void refusesACasesFileThatIsNotThere(@TempDir Path dir) {
    assertThatThrownBy(
            () ->
                Score.of(
                    dir.resolve("none"), dir, new Classifier(TypeHead.read(REFERENCES)), GENERIC))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("none");
  }
}
