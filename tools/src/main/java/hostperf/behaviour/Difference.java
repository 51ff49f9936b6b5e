package hostperf.behaviour;

/// One difference between two recordings.
///
/// @param order of the call's part among all of its process
/// @param what as in `Behaviour.Difference`
record Difference(
    String process,
    Recording.Sequence sequence,
    long number,
    long order,
    String what,
    Descent.Place place) {
  boolean isCount() {
    return what.equals("calls");
  }

  Behaviour.Difference shown() {
    return new Behaviour.Difference(
        sequence.function(),
        number + 1,
        sequence.thread(),
        what,
        place.path().startsWith(".") ? place.path().substring(1) : place.path(),
        place.left(),
        place.right());
  }
}
