package hostperf.server.cli.console;

import hostperf.agent.Caller;
import hostperf.approval.Approver;

/// The person at the terminal as the client of a call: sees the progress; questions are answered
/// with `hostperf approve`.
public record TerminalCaller(Console console) implements Caller {
  @Override
  public void progress(String message) {
    console.err().println(message);
  }

  /// A person at a terminal ends the command itself.
  @Override
  public void whenCancelled(Runnable end) {}

  @Override
  public boolean staysForTheAnswer() {
    return true;
  }

  @Override
  public Approver approver() {
    return Approver.NONE;
  }
}
