package hostperf.host;

import hostperf.Refusal;
import java.io.IOException;
import java.util.Optional;

/// A disk without room, which looks like any other failed write until one reads the reason.
public final class FullDisk {
  /// As the C library of Linux and of macOS says ENOSPC and EDQUOT.
  private static final String REASONS =
      "(?s).*(No space left on device|Disk quota exceeded|Disc quota exceeded).*";

  private FullDisk() {}

  /// What to tell the caller, where that is what lies behind the failure.
  public static Optional<Refusal> behind(Throwable failure) {
    for (var cause = Optional.of(failure);
        cause.isPresent();
        cause = Optional.ofNullable(cause.get().getCause())) {
      var message = String.valueOf(cause.get().getMessage());
      if (cause.get() instanceof IOException && message.matches(REASONS)) {
        return Optional.of(
            new Refusal(
                "The disk has no room left: %s.".formatted(message),
                "Make room, then try again; what was left unfinished is recovered" + " first.",
                failure));
      }
    }
    return Optional.empty();
  }
}
