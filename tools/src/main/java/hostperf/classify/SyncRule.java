package hostperf.classify;

import static hostperf.classify.HotspotType.SYNC;
import static hostperf.classify.Spot.quote;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// SYNC: the host waits until the device, or a stream of it, is done. Waiting for an event that
/// was recorded for the purpose is marked as meant.
final class SyncRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    var found = new ArrayList<Finding>();
    for (var call : spot.calls()) {
      var meant = spot.target().calls().waitAt(call.callee());
      if (meant.isPresent()) {
        found.add(
            Finding.wait(
                0.95,
                "%s waits on purpose for %s".formatted(quote(call.node()), meant.get().why())));
      } else if (call.isNamed("synchronize", "block_until_ready", "wait_until_ready")) {
        found.add(ofSynchronize(call));
      } else if (call.name()
          .matches(
              "_?(\\w+_)?(sync|synchronize)(_device|_stream|_cuda|_gpu|_hpu|_npu)?|empty_cache")) {
        found.add(
            Finding.of(SYNC, 0.8, "%s synchronises, by its name".formatted(quote(call.node()))));
      } else if (call.isNamed("wait")
          && call.receiver().filter(r -> isHandle(r.text())).isPresent()) {
        found.add(
            Finding.wait(
                0.75,
                "%s waits for work that was started earlier, by its name"
                    .formatted(quote(call.node()))));
      }
    }
    unread(spot, found);
    return found;
  }

  /// `_ = t.item()`, `t.cpu()` as a statement: read back for the waiting alone.
  private static void unread(Spot spot, List<Finding> found) {
    boolean thrownAway =
        spot.assignment().isPresent()
            ? spot.assigned().filter(l -> l.text().equals("_")).isPresent()
            : spot.statement().is("expression_statement");
    var only = spot.assignment().isPresent() ? spot.value() : first(spot.statement());
    only.flatMap(Call::of)
        .filter(_ -> thrownAway)
        .filter(c -> c.isNamed("item", "tolist", "cpu", "numpy") && c.positional().isEmpty())
        .filter(c -> c.receiver().filter(r -> !spot.device(r).isHost()).isPresent())
        .ifPresent(
            c ->
                found.add(
                    Finding.of(
                        SYNC,
                        0.93,
                        "%s is read back and thrown away: is it there to wait?"
                            .formatted(quote(c.node())))));
  }

  private static Optional<Node> first(Node statement) {
    return statement.items().stream().findFirst();
  }

  private static Finding ofSynchronize(Call call) {
    var receiver = call.receiver().map(r -> r.text().toLowerCase(Locale.ROOT)).orElse("");
    if (receiver.contains("event") || receiver.contains("ready") || receiver.contains("done")) {
      return Finding.wait(0.9, "%s waits for an event, by its name".formatted(quote(call.node())));
    }
    return Finding.of(
        SYNC,
        0.95,
        receiver.contains("stream")
            ? "%s makes the host wait for a stream".formatted(quote(call.node()))
            : "%s makes the host wait for the device%s"
                .formatted(
                    quote(call.node()),
                    call.resolved().startsWith("torch.") ? "" : ", by its name"));
  }

  private static boolean isHandle(String receiver) {
    return receiver
        .toLowerCase(Locale.ROOT)
        .matches(".*(handle|work|req|event|future|stream|cond).*");
  }
}
