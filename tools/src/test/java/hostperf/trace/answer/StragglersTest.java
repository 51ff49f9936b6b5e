package hostperf.trace.answer;

import static hostperf.trace.answer.SmallTrace.FIRST;
import static hostperf.trace.answer.SmallTrace.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import hostperf.trace.analyse.ProcessReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StragglersTest {
  @TempDir Path folder;

  /// Ranks in lock step: who waits long in the collective came early.
  private Path rank(String name, long process, double schedule) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    var trace = new SmallTrace(own).decoding(process, 10);
    for (int i = 0; i < 10; i++) {
      double at = 1000 + 100.0 * i;
      trace.range(process, at + 61, at + 61 + schedule, "_schedule");
      trace.kernel(process, at + 62 + schedule, at + 99, "ncclDevKernel_AllReduce");
    }
    return trace.written();
  }

  @Test
  void namesTheRankThatComesLastToCollectivesAndWhatItDoesMore() throws IOException {
    var answer = Samples.answer(rank("a", FIRST, 3), rank("b", SECOND, 25));

    assertThat(answer.device().stragglers()).hasSize(1);
    Straggler straggler = answer.device().stragglers().getFirst();
    assertThat(straggler.process()).isEqualTo(SECOND);
    assertThat(straggler.how()).isEqualTo("last to collectives");
    assertThat(straggler.share()).isEqualTo(1);
    assertThat(straggler.doesMore().getFirst()).isEqualTo(new Straggler.More("_schedule", 22));
  }

  @Test
  void namesNobodyWhereRanksAgree() throws IOException {
    assertThat(Samples.answer(rank("a", FIRST, 3), rank("b", SECOND, 3)).device().stragglers())
        .isEmpty();
  }

  @Test
  void readsAFolderAsOneFileARank() throws IOException {
    Files.move(rank("a", FIRST, 3), folder.resolve("rank0.sqlite"));
    Files.move(rank("b", SECOND, 3), folder.resolve("rank1.sqlite"));

    assertThat(Samples.answer(folder).processes())
        .extracting(ProcessReport::trace)
        .containsExactly("rank0.sqlite", "rank1.sqlite");
  }

  @Test
  void namesTheRanksWithoutATrace() throws IOException {
    Files.move(rank("a", FIRST, 3), folder.resolve("rank0.sqlite"));
    Files.move(rank("b", SECOND, 3), folder.resolve("rank1.sqlite"));
    assertThat(Samples.answer(folder).notes()).noneMatch(n -> n.contains("no trace of"));

    Files.move(folder.resolve("rank1.sqlite"), folder.resolve("rank2.sqlite"));
    assertThat(Samples.answer(folder).notes())
        .anyMatch(n -> n.startsWith("There is no trace of rank 1, while"));

    // Those of one node, maybe.
    Files.move(folder.resolve("rank2.sqlite"), folder.resolve("rank5.sqlite"));
    assertThat(Samples.answer(folder).notes()).noneMatch(n -> n.contains("no trace of"));
  }
}
