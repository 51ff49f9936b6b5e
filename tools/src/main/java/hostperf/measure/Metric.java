package hostperf.measure;

/// What is compared: a number a launch prints, its unit and its good direction.
public record Metric(String name, String unit, Better better) {}
