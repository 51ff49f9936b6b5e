package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.server.client.Answer;
import hostperf.server.client.ServerSession;
import java.util.Map;

/// Calls of tools that have to succeed.
final class CheckedCalls {
  private CheckedCalls() {}

  static Answer call(ServerSession server, String tool, Map<String, Object> arguments) {
    var answer = server.call(tool, arguments);
    assertThat(answer.isError()).withFailMessage("%s: %s", tool, answer.text()).isFalse();
    return answer;
  }
}
