package hostperf.source;

import java.util.Optional;
import java.util.stream.Stream;

/// Which function a call, or the reading of an attribute, surely runs.
public final class SureCallees {
  private final Types types;
  private final PythonFunction in;

  /// @param types sure ones
  SureCallees(Types types, PythonFunction in) {
    this.types = types;
    this.in = in;
  }

  /// The function that a call surely runs: one of a module, or a method of an object whose class is
  /// seen and from which no class derives another.
  public Optional<PythonFunction> of(Call call) {
    if (call.receiver().isPresent()) {
      var owner = types.of(call.receiver().get(), in);
      return owner.isPresent()
          ? owner
              .filter(c -> !types.lineages().isOverridden(c, call.name()))
              .flatMap(c -> types.lineages().method(c, call.name()))
          : Optional.of(call)
              .filter(_ -> isModuleOrClass(call.receiver().get()))
              .flatMap(c -> types.modules().function(c.callee(), in.file()));
    }
    return in.names().bindings(call.callee()).isEmpty()
            && in.nested().stream().noneMatch(f -> f.name().equals(call.callee()))
        ? types.modules().function(call.callee(), in.file())
        : Optional.empty();
  }

  /// The properties that reading an attribute may run: that of its class where it is known and no
  /// class derives another from it, else all of that name in the file.
  public Stream<PythonFunction> property(Node attribute) {
    var name = attribute.child("attribute").map(Node::text).orElse("");
    var owner = attribute.child("object").flatMap(o -> types.of(o, in));
    return owner.filter(c -> !types.lineages().isOverridden(c, name)).isPresent()
        ? owner
            .flatMap(c -> types.lineages().method(c, name))
            .filter(PythonFunction::isProperty)
            .stream()
        : in.file().properties(name).stream();
  }

  /// Where a name that nothing here binds stands for a module or a class.
  boolean isModuleOrClass(Node object) {
    var path = Names.path(object);
    if (path.isEmpty() || !in.names().bindings(path.get().split("\\.")[0]).isEmpty()) {
      return false;
    }
    var full = in.file().imports().resolve(path.get());
    return in.file().imports().isModule(path.get())
        || full.matches("(torch|numpy|math|os|sys|time|logging)(\\.[a-z_]\\w*)*")
        || types.modules().file(full, in.file()).isPresent()
        || types.modules().classNamed(path.get(), in.file()).isPresent();
  }
}
