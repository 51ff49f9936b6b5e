package hostperf.classify.facts;

import hostperf.source.Modules;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.util.Optional;
import java.util.stream.Stream;

/// Which members the classes of a checkout define in Python.
public final class CheckoutClasses {
  private final Modules modules;

  public CheckoutClasses(Sources sources) {
    this.modules = new Modules(sources);
  }

  /// Whether the class of a value has this member in Python: the annotated class, else any that the
  /// function's file defines or imports.
  boolean defines(PythonFunction in, Node value, String member) {
    return annotated(in, value)
        .map(Stream::of)
        .orElseGet(() -> visible(in))
        .anyMatch(c -> c.method(member).isPresent() || c.attribute(member).isPresent());
  }

  private Optional<PythonClass> annotated(PythonFunction in, Node value) {
    return in.parameter(value.text())
        .flatMap(PythonFunction.Parameter::annotation)
        .map(
            t ->
                t.replaceAll("[\"' ]|\\|None", "")
                    .replaceFirst("^(typing\\.)?Optional\\[(.*)]$", "$2"))
        .flatMap(t -> modules.classNamed(t, in.file()));
  }

  private Stream<PythonClass> visible(PythonFunction in) {
    return Stream.concat(
        in.file().classes().stream(),
        in.file().imports().names().keySet().stream()
            .filter(n -> Character.isUpperCase(n.charAt(0)))
            .flatMap(n -> modules.classNamed(n, in.file()).stream()));
  }
}
