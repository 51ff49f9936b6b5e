package hostperf.server;

import hostperf.Refusal;
import io.modelcontextprotocol.spec.McpError;
import java.util.function.Supplier;

/// A refusal where the protocol has no answer for one: as its error, in our words.
final class ProtocolRefusal {
  private ProtocolRefusal() {}

  static <T> T of(int code, Supplier<T> answer) {
    try {
      return answer.get();
    } catch (Refusal refusal) {
      throw McpError.builder(code).message(refusal.why() + " " + refusal.next()).build();
    }
  }
}
