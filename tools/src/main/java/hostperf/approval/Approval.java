package hostperf.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A question to a person: may this be done?
///
/// @param id `approval-` and eight characters
/// @param runId the run it belongs to; absent for a configuration, which is asked before a run
/// @param kind what is asked for
/// @param subject hash of exactly what would be done (for a patch: the diff and the commit it is
///     made for), so that a yes cannot be used for anything else
/// @param shown what would be done and why; the first line says what matters most
/// @param exhibit the parts of what is shown; absent for a configuration
/// @param asked when; it expires `LIFETIME` later
public record Approval(
    String id,
    Optional<String> runId,
    Kind kind,
    String subject,
    String shown,
    Optional<Exhibit> exhibit,
    Instant asked) {
  public static final Duration LIFETIME = Duration.ofHours(24);

  private static final int SCREEN = 20;

  /// What a person is asked to allow.
  public enum Kind {
    /// Running the commands of a `hostperf.yaml` that this machine has not seen.
    CONFIGURATION,
    /// Applying a patch.
    PATCH,
    /// Applying a patch in which the audit found something.
    FLAGGED_PATCH,
    /// Keeping a change whose measurement is suspicious.
    KEEP
  }

  /// What matters most.
  public String firstLine() {
    int end = shown.indexOf('\n');
    return end < 0 ? shown : shown.substring(0, end);
  }

  /// For who waits for the answer: what matters most, and what the audit remarks.
  public String brief() {
    return Stream.concat(
            Stream.of(firstLine()),
            exhibit.stream().flatMap(e -> e.remarks().stream()).map(Exhibit.Remark::sentence))
        .collect(Collectors.joining("\n"));
  }

  /// What the person is shown. Its first two lines say what, where, how much and how to see all of
  /// it, because clients cut the rest. They stand again at the end of a text that fills more than a
  /// screen, because other clients let the beginning scroll away.
  public String text() {
    return under(
        firstLine() + "\nTo read all of it and answer in a terminal: hostperf approve " + id);
  }

  /// The same for who is in that terminal.
  public String inTerminal() {
    return under(firstLine());
  }

  private String under(String head) {
    var rest = shown.substring(firstLine().length());
    return rest.lines().count() <= SCREEN
        ? head + rest
        : head + rest.stripTrailing() + "\n\nOnce more, from the beginning:\n" + head + "\n";
  }

  public Instant expires() {
    return asked.plus(LIFETIME);
  }
}
