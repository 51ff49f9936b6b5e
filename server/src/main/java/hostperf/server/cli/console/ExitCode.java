package hostperf.server.cli.console;

import hostperf.agent.Outcome;

/// The exit codes of every command.
public final class ExitCode {
  public static final int DONE = 0;

  /// The answer is negative: something is missing, something regressed.
  public static final int NEGATIVE = 1;

  public static final int WRONG_USE = 2;

  /// Could not look, or could not tell.
  public static final int INCONCLUSIVE = 3;

  private ExitCode() {}

  public static int of(Outcome outcome) {
    return outcome instanceof Outcome.Inconclusive ? INCONCLUSIVE : DONE;
  }
}
