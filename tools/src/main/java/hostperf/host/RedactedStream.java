package hostperf.host;

/// Takes secrets out of a text that comes in pieces. What may be the beginning of one waits for the
/// next piece.
final class RedactedStream {
  /// Gets the text, the first `length` characters of each array.
  interface Sink {
    void accept(char[] chars, int length);
  }

  private final Redactor redactor;
  private final Sink to;
  private final StringBuilder waiting = new StringBuilder();

  RedactedStream(Redactor redactor, Sink to) {
    this.redactor = redactor;
    this.to = to;
  }

  void append(char[] chars, int length) {
    waiting.append(chars, 0, length);
    var text = redactor.text(waiting.toString());
    int ready = text.length() - redactor.unfinished(text);
    waiting.setLength(0);
    waiting.append(text, ready, text.length());
    hand(text.substring(0, ready));
  }

  /// Nothing more comes, so nothing has to wait.
  void end() {
    hand(waiting.toString());
    waiting.setLength(0);
  }

  private void hand(String text) {
    if (!text.isEmpty()) {
      to.accept(text.toCharArray(), text.length());
    }
  }
}
