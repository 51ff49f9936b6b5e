package hostperf.classify;

import java.util.List;

/// Recognises the shapes of one type of overhead in a statement; one class a type.
///
/// A rule only looks at facts of the source and of the profile; which of several findings wins is
/// the classifier's choice.
interface Rule {
  /// What it found, none where nothing speaks for its type. The order does not matter.
  List<Finding> findings(Spot spot);
}
