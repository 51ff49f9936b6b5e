package hostperf.propose;

import hostperf.classify.Known;
import java.util.Arrays;

/// One thing known of a line that can speak for a pattern.
///
/// @param word as heads of patterns name it
/// @param text a sentence that a person can check
record Sight(String word, String text) {
  /// Whether it only says what whoever reads the line sees.
  boolean isPlain() {
    return Arrays.stream(Known.values()).anyMatch(k -> k.isPlain() && k.word().equals(word));
  }
}
