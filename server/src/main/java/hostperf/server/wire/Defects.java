package hostperf.server.wire;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bugs: the client is told an id, the log the rest.
public record Defects(Supplier<String> newErrorId) {
  private static final Logger LOG = LoggerFactory.getLogger(Defects.class);

  public JsonRpcError fault(String where, Throwable defect) {
    var id = newErrorId.get();
    LOG.error("{} in {}", id, where, defect);
    return JsonRpcError.internal("Internal error %s; the server's log says more.".formatted(id));
  }
}
