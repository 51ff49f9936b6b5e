package hostperf.tool;

import hostperf.agent.Caller;
import hostperf.agent.Declaration;
import hostperf.agent.Outcome;
import hostperf.agent.Tool;
import hostperf.run.Recovery;

/// A tool that reads a run, after what a dead process left half done has been put right: what it
/// tells is then how things are. Tools that write do the same as the checkout's owner
/// (`Background.write`).
record AfterRecovery<I extends Record>(Tool<I> tool, Recovery recovery) implements Tool<I> {
  @Override
  public Declaration<I> declaration() {
    return tool.declaration();
  }

  @Override
  public Outcome call(I input, Caller caller) {
    recovery.recoverIfUnowned();
    return tool.call(input, caller);
  }
}
