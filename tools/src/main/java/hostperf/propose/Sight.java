package hostperf.propose;

/// One thing known of a line that can speak for a pattern.
///
/// @param word as heads of patterns name it
/// @param text a sentence that a person can check
record Sight(String word, String text) {}
