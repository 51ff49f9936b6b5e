package hostperf.verdict;

import java.time.Duration;
import java.util.Locale;

/// What a validation can be expected to find and to cost, told before its first launch.
///
/// @param gain the relative gain that is hoped for
/// @param chance of finding it
/// @param resolvable the least gain found four times in five
/// @param expected without the extension
/// @param atMost with it
public record Forecast(
    Plan plan, double gain, double chance, double resolvable, Duration expected, Duration atMost) {

  /// @param launchSeconds what one launch takes
  public static Forecast of(Plan plan, Rule rule, Noise noise, double gain, double launchSeconds) {
    var power = new Power(rule, noise, plan);
    return new Forecast(
        plan,
        gain,
        power.chance(gain),
        power.resolvable(),
        duration(plan.launches() * launchSeconds),
        duration(plan.launchesAtMost() * launchSeconds));
  }

  public String text() {
    String more =
        plan.looks() == 1
            ? ""
            : " (and %d more if they leave it open)"
                .formatted(plan.pairsAt(plan.looks()) - plan.pairs());
    return "%d pairs%s at your noise find a gain of %s %s, and one of %s in 80 of 100; %s."
        .formatted(
            plan.pairs(),
            more,
            Percent.percent(gain),
            often(),
            Percent.percent(resolvable),
            time());
  }

  private String often() {
    long tenths = Math.round(chance * 10);
    if (tenths == 10) {
      return "nearly always";
    }
    return tenths == 0 ? "hardly ever" : "in about %d of 100 tries".formatted(tenths * 10);
  }

  private String time() {
    return expected.equals(atMost)
        ? "about " + text(expected)
        : "about %s, at most %s".formatted(text(expected), text(atMost));
  }

  private static String text(Duration duration) {
    double minutes = duration.toSeconds() / 60.0;
    if (minutes < 2) {
      return duration.toSeconds() + " s";
    }
    return minutes < 120
        ? Math.round(minutes) + " minutes"
        : String.format(Locale.ROOT, "%.1f hours", minutes / 60);
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
