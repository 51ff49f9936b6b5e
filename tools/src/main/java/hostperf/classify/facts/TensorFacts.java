package hostperf.classify.facts;

/// What a line does with tensors: values read back, copies, launches, memory made anew.
///
/// Where the device of a value is not shown, the sentence says so and the fact is only named.
final class TensorFacts {
  private TensorFacts() {}

  static void add(Spot spot, FactList facts) {
    var readBacks = new ReadBackFacts(spot, facts);
    var copies = new CopyFacts(spot, facts);
    for (var call : spot.calls()) {
      readBacks.reads(call);
      readBacks.converts(call);
      readBacks.sized(call);
      copies.uploads(call);
      copies.makes(call);
    }
    spot.nodes("subscript").forEach(new IndexFacts(spot, facts)::indexes);
    readBacks.conditions();
    new LaunchFacts(spot, facts).launches();
    if (spot.microsPerHit() >= Spot.SLOW_US) {
      facts.measured(Known.SLOW_HIT, "It takes %s a hit under the line profiler", spot.perHit());
    }
  }
}
