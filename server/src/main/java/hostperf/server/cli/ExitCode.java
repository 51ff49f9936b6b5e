package hostperf.server.cli;

import hostperf.agent.Outcome;

/// The exit codes of every command.
final class ExitCode {
  static final int DONE = 0;

  /// The answer is negative: something is missing, something regressed.
  static final int NEGATIVE = 1;

  static final int WRONG_USE = 2;

  /// Could not look, or could not tell.
  static final int INCONCLUSIVE = 3;

  private ExitCode() {}

  static int of(Outcome outcome) {
    return outcome instanceof Outcome.Inconclusive ? INCONCLUSIVE : DONE;
  }
}
