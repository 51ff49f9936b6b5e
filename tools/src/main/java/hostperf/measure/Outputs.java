package hostperf.measure;

import hostperf.verdict.Side;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether base and candidate wrote the same.
public enum Outputs {
  SAME("same"),
  DIFFERENT("different"),
  NOT_COMPARED("not compared");

  private final String words;

  Outputs(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /// Not compared where none is configured, or where the base's own launches already differ.
  static Outputs of(List<Sample> samples) {
    Set<String> base = hashes(Side.BASE, samples);
    Set<String> candidate = hashes(Side.CANDIDATE, samples);
    if (base.size() != 1 || candidate.isEmpty()) {
      return NOT_COMPARED;
    }
    return base.equals(candidate) ? SAME : DIFFERENT;
  }

  private static Set<String> hashes(Side side, List<Sample> samples) {
    return samples.stream()
        .filter(sample -> sample.slot().side() == side && sample.isTaken())
        .flatMap(sample -> sample.launched().output().stream())
        .collect(Collectors.toSet());
  }
}
