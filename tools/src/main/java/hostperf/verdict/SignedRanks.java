package hostperf.verdict;

/// Pairs of which nothing is known but that the sign of each is a coin's toss where nothing
/// changed. Ties and zeros count against a difference.
record SignedRanks(int pairs, WalshAverages averages) implements Tails {
  @Override
  public double above(double change) {
    return SignedRank.atMost(pairs, averages.atMost(change));
  }

  @Override
  public double below(double change) {
    return SignedRank.atMost(pairs, averages.count() - averages.atMost(Math.nextDown(change)));
  }

  @Override
  public double least() {
    return SignedRank.atMost(pairs, 0);
  }

  @Override
  public double low(double tail) {
    return averages.at(reach(tail));
  }

  @Override
  public double high(double tail) {
    return averages.at(averages.count() + 1 - reach(tail));
  }

  private long reach(double tail) {
    return Math.max(1, SignedRank.bound(pairs, 2 * tail));
  }
}
