package hostperf.server.wire;

import java.util.Optional;

/// Who is at the other end.
///
/// @param token name of the token that it came with; absent on standard input, where whoever
///     started the process is at the other end
public record Client(Optional<String> token) {
  /// The one on standard input and output.
  public static final Client AT_HAND = new Client(Optional.empty());

  /// Whether a dialog of this client may carry a person's answer. One that came with a token may
  /// not: tokens are given to agents.
  public boolean mayAnswer() {
    return token.isEmpty();
  }
}
