package hostperf.verdict;

import hostperf.metric.Better;
import java.util.Arrays;
import java.util.List;

/// How far one pair's log-ratio strays from the true one: the standard deviation over pairs.
/// Two independent launches that each vary by c (as a fraction) make pairs that vary by c√2.
public record Noise(double perPair) {
  /// From pairs whose centre was itself estimated from them.
  static Noise around(double centre, double[] gains) {
    return new Noise(Math.sqrt(squares(centre, gains) / Math.max(1, gains.length - 1)));
  }

  /// From pairs of the same code, whose true log-ratio is known to be 0.
  public static Noise ofSame(Better better, List<Pair> pairs) {
    double[] gains = pairs.stream().mapToDouble(pair -> Gain.logarithmic(better, pair)).toArray();
    return new Noise(Math.sqrt(squares(0, gains) / Math.max(1, gains.length)));
  }

  private static double squares(double centre, double[] gains) {
    return Arrays.stream(gains).map(gain -> (gain - centre) * (gain - centre)).sum();
  }
}
