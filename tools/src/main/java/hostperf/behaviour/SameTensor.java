package hostperf.behaviour;

import hostperf.behaviour.Structure.Plain;
import hostperf.behaviour.Structure.Tensor;
import java.util.stream.IntStream;

/// Whether two tensors hold the same: whole numbers exactly, others up to rounding.
///
/// Of one whose content was not read, shape and type are compared alone.
record SameTensor(Tensor one, Tensor other) {
  /// Of 32-bit floating point after a reduction in another order.
  private static final double SINGLE = 1e-5;

  private static final double DOUBLE = 1e-9;
  private static final double HALF = 1e-2;

  boolean isSame() {
    return isSameForm() && (isUnread() || isSameContent());
  }

  private boolean isSameForm() {
    return one.type().equals(other.type())
        && one.shape().equals(other.shape())
        && one.device().equals(other.device());
  }

  private boolean isUnread() {
    return one.digest().isEmpty() || other.digest().isEmpty();
  }

  private boolean isSameContent() {
    if (one.digest().equals(other.digest())) {
      return true;
    }
    if (!isFloat() || one.sums().size() != other.sums().size()) {
      return false;
    }
    double rounding = rounding();
    // Both sums may cancel to about nothing, so they are set against the largest value.
    double scale = one.sums().getLast() * Math.max(1, one.shape().stream().mapToInt(n -> n).sum());
    return IntStream.range(0, one.sums().size())
            .allMatch(i -> close(one.sums().get(i), other.sums().get(i), rounding, scale))
        && IntStream.range(0, one.values().size())
            .allMatch(i -> close(value(one, i), value(other, i), rounding, one.sums().getLast()));
  }

  private static boolean close(double a, double b, double rounding, double scale) {
    return Descent.near(a, b, rounding) || Math.abs(a - b) <= rounding * scale;
  }

  private boolean isFloat() {
    return one.type().contains("float");
  }

  private double rounding() {
    return switch (one.type()) {
      case "float64" -> DOUBLE;
      case "float32" -> SINGLE;
      default -> HALF;
    };
  }

  private static double value(Tensor tensor, int i) {
    return new Plain("float", tensor.values().get(i)).number();
  }

  /// What there is to say of the first.
  String left() {
    return text(one, other);
  }

  String right() {
    return text(other, one);
  }

  private String text(Tensor tensor, Tensor beside) {
    if (!isSameForm()) {
      return "%s, shape %s, on %s".formatted(tensor.type(), tensor.shape(), tensor.device());
    }
    return IntStream.range(0, Math.min(tensor.values().size(), beside.values().size()))
        .filter(i -> !tensor.values().get(i).equals(beside.values().get(i)))
        .mapToObj(i -> at(i, tensor))
        .findFirst()
        .orElse("content " + tensor.digest());
  }

  private static String at(int i, Tensor tensor) {
    int all = tensor.shape().stream().reduce(1, (a, b) -> a * b);
    boolean isWhole = tensor.values().size() == all;
    return isWhole
        ? "%s at element %d".formatted(tensor.values().get(i), i)
        : tensor.values().get(i);
  }
}
