package hostperf.journal;

import hostperf.Refusal;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Opaque handle of a run: `run-` and eight characters.
public record RunId(String value) {
  private static final Pattern FORM = Pattern.compile("run-[a-z0-9]{8}");

  public RunId {
    if (!isOne(value)) {
      throw new Refusal(
          "'%s' is not a run id; one is `run-` and eight of a-z and 0-9.".formatted(value),
          "Call `status` without arguments to list the runs of this checkout.");
    }
  }

  static boolean isOne(String value) {
    return FORM.matcher(value).matches();
  }

  /// Makes new handles with the given prefix, as for approvals and jobs.
  public static Supplier<String> handles(String prefix, RandomGenerator random) {
    return () -> {
      var letters = "abcdefghjkmnpqrstuvwxyz0123456789";
      var text = new StringBuilder(prefix);
      for (int i = 0; i < 8; i++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      return text.toString();
    };
  }

  @Override
  public String toString() {
    return value;
  }
}
