package hostperf.approval;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A client whose person answers when the test lets them.
public final class HeldDialog implements Approver, Dialog {
  private CompletableFuture<Reply> reply = new CompletableFuture<>();
  private volatile boolean lost;
  private final AtomicInteger opened = new AtomicInteger();
  private final CompletableFuture<String> closed = new CompletableFuture<>();

  /// A client whose person answers at once.
  public static HeldDialog answering(Reply.Kind kind, String reason) {
    var dialog = new HeldDialog();
    dialog.answer(kind, reason);
    return dialog;
  }

  public void answer(Reply.Kind kind, String reason) {
    reply.complete(new Reply(kind, reason));
  }

  /// Its client goes away.
  void lose() {
    lost = true;
  }

  @Override
  public boolean isLost() {
    return lost;
  }

  @Override
  public Optional<Dialog> open(Approval approval) {
    if (opened.incrementAndGet() > 1) {
      reply = new CompletableFuture<>();
    }
    return Optional.of(this);
  }

  @Override
  public CompletableFuture<Reply> reply() {
    return reply;
  }

  @Override
  public void close(String why) {
    closed.complete(why);
  }

  int opened() {
    return opened.get();
  }

  /// Why it was taken back, when it is.
  CompletableFuture<String> closed() {
    return closed;
  }
}
