package hostperf.classify.facts;

import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Node;
import hostperf.source.Origin;
import hostperf.source.TensorOperations;
import java.util.stream.Stream;

/// What a line does by indexing a tensor: masks, indices from host memory, single elements.
final class IndexFacts {
  private final Spot spot;
  private final FactList facts;

  IndexFacts(Spot spot, FactList facts) {
    this.spot = spot;
    this.facts = facts;
  }

  void indexes(Node subscript) {
    var value = subscript.child("value");
    var tensor = value.map(spot::origin).orElse(spot.origin(subscript));
    var index = subscript.all("subscript");
    boolean isTarget =
        subscript.field().equals("left")
            && subscript.parent().filter(p -> p.is("assignment")).isPresent();
    if (!tensor.device().isHost()) {
      index.stream()
          .filter(this::isMask)
          .findFirst()
          .ifPresent(
              m ->
                  facts.by(
                      tensor,
                      Known.MASKED,
                      "%s indexes with the mask %s: how many elements that selects is known only"
                          + " after it ran",
                      subscript,
                      m));
    }
    if (tensor.device().isOffHost() && isTarget) {
      stores(subscript, tensor);
    } else if (tensor.device().isOffHost()) {
      index.stream()
          .flatMap(i -> i.is("list") ? i.items().stream() : Stream.of(i))
          .filter(this::isHostArray)
          .findFirst()
          .ifPresent(
              i ->
                  facts.by(
                      tensor,
                      Known.HOST_INDEX,
                      "%s takes %s from host memory as an index of a tensor",
                      subscript,
                      i));
    }
    if (isTarget && spot.isSlow() && spot.calls().isEmpty() && !tensor.device().isHost()) {
      facts.measured(
          Known.SLOW_STORE,
          "The line stores %s without a call, and takes %s a hit under the line profiler",
          subscript,
          spot.perHit());
    }
  }

  private void stores(Node target, Origin tensor) {
    var value = target.parent().flatMap(p -> p.child("right"));
    if (value.isEmpty()) {
      return;
    }
    var v = value.get();
    boolean part = TensorOperations.isPart(target);
    boolean number =
        v.is("integer", "float", "true", "false", "unary_operator")
            || spot.device(v) == Device.PYTHON
            || v.text().matches("[A-Z_]{3,}");
    var source = spot.device(v);
    if (number && !part) {
      facts.by(
          tensor,
          Known.SETS_NUMBER,
          "%s, an element of a tensor, is set to a Python number",
          target);
    } else if (source == Device.CPU || source == Device.NUMPY) {
      facts.by(tensor, Known.HOST_INDEX, "%s of a tensor is set from pageable host memory", target);
    }
  }

  private boolean isMask(Node index) {
    if (index.is("comparison_operator")) {
      return !spot.device(index).isHost();
    }
    if (index.is("unary_operator") && index.text().startsWith("~")) {
      return true;
    }
    boolean named = index.text().matches("(?i)([\\w.]*[._])?(\\w*masks?|\\w*valid|is_\\w+)");
    if (named || (spot.origin(index).why().contains("bool") && spot.device(index).isOffHost())) {
      return !spot.device(index).isHost();
    }
    return index.is("identifier")
        && spot.bound(index)
            .filter(v -> v.is("comparison_operator") && spot.device(v).isOffHost())
            .isPresent();
  }

  private boolean isHostArray(Node index) {
    var origin = spot.origin(index);
    return switch (origin.device()) {
      case NUMPY, CPU -> !index.is("slice", "integer");
      case PYTHON ->
          index.is("list_comprehension")
              || Call.of(index).filter(c -> c.isNamed("range", "list")).isPresent()
              || origin.why().matches("(?s).*annotated `(typing\\.)?[Ll]ist.*")
              || (index.is("identifier") && origin.why().matches("(?s)`\\[.*"));
      default -> false;
    };
  }
}
