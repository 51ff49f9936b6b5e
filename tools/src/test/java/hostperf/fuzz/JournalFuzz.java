package hostperf.fuzz;

import hostperf.Refusal;
import hostperf.run.Event;
import hostperf.run.RunId;
import hostperf.run.Runs;
import java.time.Instant;
import java.time.InstantSource;

/// A journal is replayed or refused; a checkout with a broken one can still be looked at; and what
/// could be read before an append can be read after it.
public final class JournalFuzz {
  private static final RunId ID = new RunId("run-aaaaaaaa");
  private static final InputFile INPUT = new InputFile(".hostperf/" + ID + "/journal.jsonl");
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private JournalFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    var _ = INPUT.of(bytes);
    var runs = new Runs(INPUT.folder(), CLOCK);
    var _ = runs.all();
    var _ = runs.unreadable();
    try {
      var run = runs.load(ID);
      var entries = runs.journal(ID).entries();
      var _ = runs.append(run, new Event.Noted("fuzz", "more"));
      var after = runs.journal(ID).entries();
      if (!after.subList(0, after.size() - 1).equals(entries)) {
        throw new AssertionError("an append changed what was there");
      }
    } catch (Refusal _) {
      // Told that it cannot be read.
    }
  }
}
