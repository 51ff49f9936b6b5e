package hostperf.server.model;

import java.util.List;

/// One part of a conversation.
public sealed interface Turn {
  /// Rules, from us.
  record Rules(String text) implements Turn {}

  /// A question, from us; quoted material in it is delimited.
  record Question(String text) implements Turn {}

  /// What the model said and asked for.
  record Said(String text, List<Wish> wishes) implements Turn {
    public Said {
      wishes = List.copyOf(wishes);
    }
  }

  /// What came of a wish.
  record Outcome(Wish wish, String text) implements Turn {}

  /// A tool the model wants to be called.
  ///
  /// @param arguments JSON, as the model wrote it
  record Wish(String id, String tool, String arguments) {}
}
