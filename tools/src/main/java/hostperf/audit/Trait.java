package hostperf.audit;

import hostperf.source.Node;

/// Something in one version of a file that a person should look at when a patch brings it or takes
/// it away.
///
/// @param what it does, as the end of "This line …"
/// @param key what the two versions are compared by
/// @param alias what they are compared by as well, where only one of them has the key
/// @param asked which change of it is asked about
record Trait(Suspicion suspicion, String what, String key, String alias, Node node, Asked asked) {
  Trait(Suspicion suspicion, String what, String key, Node node, Asked asked) {
    this(suspicion, what, key, key, node, asked);
  }

  enum Asked {
    /// One more of it than before.
    WHEN_ADDED,
    /// The first of it: what the file has already may be used again.
    WHEN_NEW,
    WHEN_REMOVED,
    /// As `WHEN_REMOVED`, unless the lines around it are written anew.
    WHEN_REMOVED_ALONE,
    WHEN_ADDED_OR_REMOVED
  }

  static Trait added(Suspicion suspicion, String what, String key, Node node) {
    return new Trait(suspicion, what, key, node, Asked.WHEN_ADDED);
  }

  Trait withAlias(String other) {
    return new Trait(suspicion, what, key, other, node, asked);
  }

  Trait withKeyOf(Trait other) {
    return new Trait(suspicion, what, other.key, alias, node, asked);
  }

  String comparedBy() {
    return suspicion + " " + key;
  }

  boolean isAskedWhenAdded() {
    return asked == Asked.WHEN_ADDED || asked == Asked.WHEN_ADDED_OR_REMOVED;
  }

  boolean isAskedWhenRemoved() {
    return asked == Asked.WHEN_REMOVED
        || asked == Asked.WHEN_REMOVED_ALONE
        || asked == Asked.WHEN_ADDED_OR_REMOVED;
  }
}
