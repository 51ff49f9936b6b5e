package hostperf.propose;

import hostperf.classify.facts.Known;
import java.util.Arrays;

/// One thing known of a line that can speak for a pattern.
///
/// @param word as heads of patterns name it
/// @param text a sentence that a person can check
record Sight(String word, String text) {
  /// Whether it only says where the line stands, which whoever reads the line sees.
  boolean isContext() {
    return Arrays.stream(Known.values()).anyMatch(k -> k.isContext() && k.word().equals(word));
  }
}
