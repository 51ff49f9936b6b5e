package hostperf.verdict;

import hostperf.metric.Better;
import hostperf.metric.Metric;
import hostperf.profile.Point;
import java.util.List;

/// What is compared: a number that each launch gives, its unit and its good direction. A workload's
/// metric without the way to read it, since samples may come from elsewhere.
public record Quantity(String name, String unit, Better better) {
  public static Quantity of(Metric metric) {
    return new Quantity(metric.name(), metric.unit(), metric.better());
  }

  /// The metric at each point, in their order; as it is where there are none.
  public static List<Quantity> at(List<Point> points, Metric metric) {
    return points.isEmpty()
        ? List.of(of(metric))
        : points.stream()
            .map(p -> new Quantity(p.of(metric.name()), metric.unit(), metric.better()))
            .toList();
  }

  /// The name of the point that it is taken at; empty where there are none.
  public String point() {
    return name.substring(name.indexOf('@') + 1);
  }
}
