package hostperf.behaviour;

import java.util.AbstractList;
import java.util.List;

/// The parts of a structure, as few bytes as there can be: recordings have millions of them.
final class Parts extends AbstractList<Integer> {
  private final int[] numbers;

  private Parts(int[] numbers) {
    this.numbers = numbers;
  }

  static Parts of(int... numbers) {
    return new Parts(numbers.clone());
  }

  @Override
  public Integer get(int index) {
    return numbers[index];
  }

  @Override
  public int size() {
    return numbers.length;
  }

  /// The parts under their labels.
  ///
  /// @param labels as many as there are parts
  List<Structure.Entry> under(List<String> labels) {
    return new AbstractList<>() {
      @Override
      public Structure.Entry get(int index) {
        return new Structure.Entry(labels.get(index), numbers[index]);
      }

      @Override
      public int size() {
        return numbers.length;
      }
    };
  }
}
