package hostperf.measure;

import hostperf.profile.Better;
import hostperf.profile.Metric;

/// What is compared: a number that each launch gives, its unit and its good direction. A workload's
/// metric without the way to read it, since samples may come from elsewhere.
public record Quantity(String name, String unit, Better better) {
  public static Quantity of(Metric metric) {
    return new Quantity(metric.name(), metric.unit(), metric.better());
  }
}
