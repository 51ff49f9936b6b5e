package hostperf.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The machine-readable head of a pattern. Words are those of the interface of record.
///
/// @param mustHold the facts that make the change safe: a short key → the fact as a sentence
/// @param check how to be sure that it worked
public record PatternHead(
    Traits traits, Fit fit, Saves saves, Map<String, String> mustHold, String check, Use use) {
  public PatternHead {
    mustHold = Collections.unmodifiableMap(new LinkedHashMap<>(mustHold));
  }

  /// @param covers other names of the same change, as the labelled corpus uses them
  /// @param types hotspot types, most fitting first
  /// @param risk `zero`, `low`, `medium` or `high`
  /// @param complexity `trivial`, `small`, `moderate` or `large`
  public record Traits(
      List<String> covers,
      List<String> types,
      String risk,
      String complexity,
      List<String> scopes) {
    public Traits {
      covers = List.copyOf(covers);
      types = List.copyOf(types);
      scopes = List.copyOf(scopes);
    }
  }

  /// Which facts of a line speak for the pattern, by their words; a name alone is none.
  ///
  /// @param when each set is enough, when all of it is known; where there is none, only a draft
  ///     speaks for the pattern
  /// @param unless what rules it out
  public record Fit(List<List<String>> when, List<String> unless) {
    public Fit {
      when = when.stream().map(List::copyOf).toList();
      unless = List.copyOf(unless);
    }
  }

  /// How the saving is estimated.
  ///
  /// @param part of the addressable time that usually goes, 0 to 1
  public record Saves(Model model, double part) {}

  /// Which part of a hotspot's time a pattern can address.
  public enum Model {
    /// All of it.
    SHARE,
    /// The garbage collections that were seen to begin there.
    COLLECTIONS,
    /// All but one hit a call of the function.
    ONCE_PER_CALL,
    /// All but one hit.
    ONCE_PER_PROCESS
  }

  /// What the server does with a pattern.
  public enum Use {
    /// Proposes it, and drafts the edit for the shapes it knows.
    DRAFTED,
    /// Proposes it; the edit is the reader's.
    OFFERED,
    /// Never proposes it: a warning.
    PITFALL
  }
}
