package hostperf.approval;

import java.util.concurrent.CompletableFuture;

/// A question that stands open at a client, for as long as the person needs.
public interface Dialog {

  /// What came back.
  ///
  /// @param reason the person's for a yes or a no; else what the client sent or said
  record Reply(Kind kind, String reason) {
    /// DECLINED: the client turned the question down; a client may do that without showing it.
    /// CANCELLED: it was closed, or what came back is neither a yes nor a no.
    /// UNAVAILABLE: the client said that it has dialogs and then could not show this one.
    public enum Kind {
      YES,
      NO,
      DECLINED,
      CANCELLED,
      UNAVAILABLE
    }
  }

  /// Completes once, when the dialog ends; it has no time limit of its own.
  CompletableFuture<Reply> reply();

  /// Whether the client has taken the question along and may never come back with an answer: then
  /// the next call asks it again.
  default boolean isTakenAlong() {
    return false;
  }

  /// Whether nobody can answer here any more: the question stands, and the next call asks it again.
  default boolean isLost() {
    return false;
  }

  /// Takes the question back, because it was answered elsewhere or has expired. Never fails.
  void close(String why);
}
