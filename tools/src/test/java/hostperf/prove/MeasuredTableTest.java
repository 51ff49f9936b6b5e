package hostperf.prove;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Catalog;
import hostperf.catalog.Pattern;
import hostperf.prove.Proof.Equal;
import hostperf.prove.Proof.PairResult;
import hostperf.prove.Speedup.Timing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredTableTest {
  private static final String PAGE = "# A page\n\nText.\n";

  private final List<Pattern> patterns =
      Catalog.read(Golden.root().resolve("references")).patterns().stream()
          .filter(p -> p.page().equals("patterns/sync-alloc.md"))
          .toList();

  @Test
  void writesRatiosWithTheVersionBehindThePage() {
    var page = written(PAGE, proof("cpython 3.11.7", Optional.empty(), 2e-6, 5e-7));
    assertThat(page)
        .startsWith(PAGE)
        .contains(
            "| batched-readback | 2.00 µs | 500 ns | 4.00 | 0%, 0% | cpython 3.11.7, torch 2.9 |");
  }

  @Test
  void aSecondRunReplacesItsOwnRowsOnly() {
    var host = written(PAGE, proof("cpython 3.11.7", Optional.empty(), 2e-6, 5e-7));
    var both = written(host, proof("cpython 3.12.1", Optional.of("H100"), 3e-3, 1e-3));
    var again = written(both, proof("cpython 3.13.0", Optional.empty(), 1e-6, 1e-6));
    assertThat(again.lines().filter(l -> l.startsWith("| batched-readback")))
        .containsExactly(
            "| batched-readback | 1.00 µs | 1.00 µs | 1.00 | 0%, 0% | cpython 3.13.0, torch 2.9 |",
            "| batched-readback | 3.00 ms | 1.00 ms | 3.00 | 0%, 0% | cpython 3.12.1, torch 2.9,"
                + " GPU: H100 |");
  }

  @Test
  void aPageWithoutFiguresStaysAsItIs() {
    assertThat(MeasuredTable.in(PAGE).writtenInto(PAGE)).isEqualTo(PAGE);
  }

  @Test
  void medianAndSpreadAreThoseOfTheQuartiles() {
    var timing = Timing.of(List.of(5.0, 1.0, 2.0, 3.0, 4.0));
    assertThat(timing).isEqualTo(new Timing(3.0, 2.0 / 3.0, 5));
  }

  private String written(String page, Proof proof) {
    return MeasuredTable.in(page).with(proof, patterns).writtenInto(page);
  }

  private static Proof proof(String python, Optional<String> gpu, double before, double after) {
    var gain = new Speedup(new Timing(before, 0, 5), new Timing(after, 0, 5));
    var pair = new PairResult("batched-readback", new Equal("3 calls", Optional.of(gain)));
    return new Proof(python, Optional.of("2.9"), gpu, List.of(pair));
  }
}
