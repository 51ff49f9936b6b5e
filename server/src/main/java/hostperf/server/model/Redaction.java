package hostperf.server.model;

import java.util.Optional;

/// Takes a key out of text: endpoints like to quote what they were sent.
record Redaction(Optional<String> key) {
  String clean(String text) {
    return key.map(k -> text.replace(k, "(key)")).orElse(text);
  }

  @Override
  public String toString() {
    return "Redaction";
  }
}
