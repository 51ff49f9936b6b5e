package hostperf.profile;

/// One line of a profiled function.
///
/// @param line line number in the file, from 1
/// @param hits how often it ran; 0 for a line without hits
/// @param seconds time spent in it over all hits, callees included
/// @param source the line's text as the report shows it
public record LineCost(int line, long hits, double seconds, String source) {
  public double microsPerHit() {
    return hits == 0 ? 0 : seconds * 1e6 / hits;
  }
}
