package hostperf.verdict;

/// By chance alone, how often pairs would lie as far from a true change as they do. Changes are
/// log-ratios, positive better.
sealed interface Tails permits SignedRanks, Exchanges {
  /// The chance that pairs lie as high as these, or higher, where this is the true change. Grows
  /// with it.
  double above(double change);

  /// As low, or lower. Falls as the change grows.
  double below(double change);

  /// The smallest chance that so many pairs can give.
  double least();

  /// The lowest change of which `above` is more than this.
  double low(double tail);

  /// The highest change of which `below` is more than this.
  double high(double tail);
}
