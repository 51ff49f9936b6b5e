package hostperf.classify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScopesTest {
  @Test
  void countsAgainstWhatANameSuggests() {
    assertThat(Scopes.counted(Scope.PER_STEP, 1_400, 1)).isEqualTo(Scope.UNKNOWN);
    assertThat(Scopes.counted(Scope.UNKNOWN, 1_400, 1)).isEqualTo(Scope.UNKNOWN);
    assertThat(Scopes.counted(Scope.UNKNOWN, 90, 100)).isEqualTo(Scope.PER_STEP);
    assertThat(Scopes.counted(Scope.UNKNOWN, 0, 100)).isEqualTo(Scope.UNKNOWN);
    assertThat(Scopes.counted(Scope.PER_STEP, 300, 100)).isEqualTo(Scope.PER_STEP);
    assertThat(Scopes.counted(Scope.PER_STEP, 1_400, 0)).isEqualTo(Scope.PER_STEP);
    assertThat(Scopes.counted(Scope.PER_LAYER, 1_400, 1)).isEqualTo(Scope.PER_LAYER);
  }
}
