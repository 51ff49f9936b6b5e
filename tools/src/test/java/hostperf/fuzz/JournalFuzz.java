package hostperf.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import hostperf.Refusal;
import hostperf.journal.Event;
import hostperf.journal.Home;
import hostperf.journal.RunId;
import hostperf.journal.Runs;
import hostperf.seal.Chain;
import hostperf.seal.UserState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A journal is replayed or refused; a checkout with a broken one can still be looked at; and what
/// could be read before an append can be read after it.
public final class JournalFuzz {
  private static final RunId ID = new RunId("run-aaaaaaaa");
  private static final InputFile INPUT = new InputFile(".hostperf/" + ID + "/journal.jsonl");
  private static final UserState STATE = new UserState(INPUT.folder().resolve("state"));
  private static final Home HOME = new Home(INPUT.folder(), STATE);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private JournalFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    var _ = INPUT.of(sealed(bytes));
    var runs = new Runs(HOME, CLOCK);
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

  /// The lines as hostperf would have written them, since no other is read any further; of every
  /// other input the bytes as they are.
  private static byte[] sealed(byte[] bytes) {
    var text = new String(bytes, UTF_8);
    if (!text.startsWith("{\"")) {
      return bytes;
    }
    var chain = STATE.in(INPUT.folder(), ".hostperf").folder(ID.value()).chain("journal.jsonl");
    var before = new Chain.Links(List.of(), "");
    var lines = new ArrayList<String>();
    for (var line : text.split("\n", -1)) {
      var link = chain.next(before, line);
      lines.add(link.line());
      before = new Chain.Links(lines, link.seal());
    }
    return String.join("\n", lines).getBytes(UTF_8);
  }
}
