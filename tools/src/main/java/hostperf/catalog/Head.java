package hostperf.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The machine-readable head of a pattern. Words are those of the interface of record.
///
/// @param mustHold the facts that make the change safe: a short key → the fact as a sentence
/// @param check how to be sure that it worked
public record Head(
    Traits traits, Cue cue, Saves saves, Map<String, String> mustHold, String check, Use use) {
  public Head {
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

  /// What has to be seen for the pattern to be worth naming at a line.
  ///
  /// @param text is searched in the statement
  /// @param facts names of facts of the source, all of which have to be seen
  public record Cue(Optional<java.util.regex.Pattern> text, List<String> facts) {
    public Cue {
      facts = List.copyOf(facts);
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
