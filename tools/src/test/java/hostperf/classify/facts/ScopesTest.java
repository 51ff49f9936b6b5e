package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.classify.Marked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopesTest {
  @Test
  void countsAgainstWhatANameSuggests() {
    assertThat(Scopes.counted(Scope.PER_STEP, 1_400, 1)).isEqualTo(Scope.UNKNOWN);
    assertThat(Scopes.counted(Scope.UNKNOWN, 1_400, 1)).isEqualTo(Scope.UNKNOWN);
    // Several in some steps, none in others: an average says no more.
    assertThat(Scopes.counted(Scope.UNKNOWN, 90, 100)).isEqualTo(Scope.UNKNOWN);
    assertThat(Scopes.counted(Scope.UNKNOWN, 100, 100)).isEqualTo(Scope.PER_STEP);
    assertThat(Scopes.counted(Scope.UNKNOWN, 1_754, 1_756)).isEqualTo(Scope.PER_STEP);
    assertThat(Scopes.counted(Scope.UNKNOWN, 0, 100)).isEqualTo(Scope.UNKNOWN);
    assertThat(Scopes.counted(Scope.PER_STEP, 300, 100)).isEqualTo(Scope.PER_STEP);
    assertThat(Scopes.counted(Scope.PER_STEP, 1_400, 0)).isEqualTo(Scope.PER_STEP);
    assertThat(Scopes.counted(Scope.PER_LAYER, 1_400, 1)).isEqualTo(Scope.PER_LAYER);
    assertThat(Scopes.counted(Scope.UNKNOWN, 3, 1_000)).isEqualTo(Scope.UNKNOWN);
    assertThat(Scopes.counted(Scope.PER_STEP, 3, 1_000)).isEqualTo(Scope.UNKNOWN);
  }

  /// A deep loop need not be over requests, nor one over tokens or blocks of a request.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for req in self.running | PER_REQUEST",
        "for index, r in enumerate(scheduled_reqs) | PER_REQUEST",
        "for index in range(len(self.seqs)) | PER_REQUEST",
        "for r in self.requests.values() | PER_REQUEST",
        "for request_id in order | PER_REQUEST",
        "for layer in self.layers | PER_LAYER",
        "for row in rows | UNKNOWN",
        "for block_idx in range(first, count) | UNKNOWN",
        "for token_id in req.token_ids | UNKNOWN",
        "for token in request.tokens | UNKNOWN",
        "for i in range(seq_len) | UNKNOWN",
        "for batch in self.batches | UNKNOWN",
        "for name in required | UNKNOWN",
        "while self.waiting | UNKNOWN",
      })
  void aLoopRunsForEachOfWhatItIsOver(String head, Scope scope) {
    var text =
        "def f(self, first, count, req):\n    %s:\n        self.take(first)  # hot\n"
            .formatted(head);
    assertThat(Marked.of(text).first().judgement().scope()).isEqualTo(scope);
  }

  @Test
  void theInnermostLoopCounts() {
    var text =
        """
        def f(self, reqs):
            for req in reqs:
                for block in req.blocks:
                    self.take(block)  # hot
        """;
    assertThat(Marked.of(text).first().judgement().scope()).isEqualTo(Scope.UNKNOWN);
  }
}
