package hostperf.propose.draft;

/// One mechanical shape: code that can be rewritten from its syntax and a few facts.
interface Shape {
  /// The id of its pattern in the catalogue.
  String pattern();

  /// Applied to what it made itself, it finds nothing to do.
  Attempt attempt(DraftSite site);
}
