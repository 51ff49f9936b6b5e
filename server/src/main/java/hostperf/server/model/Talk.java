package hostperf.server.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One conversation, written to a transcript and held to a budget.
public final class Talk {
  private final Chat chat;
  private final Ledger ledger;
  private final Path transcript;
  private final List<Turn> turns = new ArrayList<>();
  private int written;

  /// @param transcript the file it is appended to
  public Talk(Chat chat, Ledger ledger, Path transcript, String rules) {
    this.chat = chat;
    this.ledger = ledger;
    this.transcript = transcript;
    turns.add(new Turn.Rules(rules));
  }

  /// Asks, with what was said before.
  public ModelReply ask(String question, List<Tooling> tools) {
    turns.add(new Turn.Question(question));
    return next(tools);
  }

  /// Tells what came of a wish; `next` asks on.
  public void tell(Turn.Wish wish, String outcome) {
    turns.add(new Turn.Outcome(wish, outcome));
  }

  public ModelReply next(List<Tooling> tools) {
    var spent = ledger.spent();
    var reply =
        spent.<ModelReply>map(ModelReply.Failed::new).orElseGet(() -> chat.ask(turns, tools));
    ledger.write(transcript, List.copyOf(turns.subList(written, turns.size())), reply);
    if (reply instanceof ModelReply.Answered answered) {
      turns.add(answered.said());
    }
    written = turns.size();
    return reply;
  }
}
