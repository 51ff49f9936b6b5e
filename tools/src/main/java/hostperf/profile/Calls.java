package hostperf.profile;

import hostperf.source.Call;
import hostperf.source.Node;
import hostperf.source.PythonClass;
import hostperf.source.PythonFunction;
import java.util.List;
import java.util.Optional;

/// Which function a call runs, and what the profiler calls it.
final class Calls {
  private final Modules modules;
  private final Types types;

  Calls(Modules modules) {
    this.modules = modules;
    this.types = new Types(modules);
  }

  /// Empty where the source does not tell, and for classes without an `__init__` of their own.
  Optional<PythonFunction> callee(Call call, PythonFunction caller) {
    Optional<Node> receiver = call.receiver();
    if (receiver.filter(r -> r.text().startsWith("super(")).isPresent()) {
      return caller.owner().stream()
          .flatMap(owner -> types.lineage(owner).stream().skip(1))
          .flatMap(base -> base.method(call.name()).stream())
          .findFirst();
    }
    return receiver
        .flatMap(r -> types.of(r, caller))
        .flatMap(owner -> concrete(owner, call.name()))
        .or(() -> local(call, caller))
        .or(() -> modules.function(call.callee(), caller.file()))
        .or(
            () ->
                modules
                    .classNamed(call.callee(), caller.file())
                    .flatMap(made -> types.method(made, "__init__")))
        .or(() -> called(call, caller));
  }

  /// `module.Class.method` or `module::function`.
  String target(PythonFunction function) {
    String module = modules.nameOf(function.file());
    return function.owner().isPresent()
        ? module + "." + function.qualifiedName()
        : module + "::" + function.qualifiedName();
  }

  /// A method; of an abstract one the only implementation beside it.
  private Optional<PythonFunction> concrete(PythonClass owner, String name) {
    Optional<PythonFunction> method = types.method(owner, name);
    if (method.filter(m -> m.hasDecorator("abstractmethod")).isEmpty()) {
      return method;
    }
    List<PythonFunction> implementations =
        owner.node().file().classes().stream()
            .filter(c -> c != owner && types.lineage(c).contains(owner))
            .flatMap(c -> c.method(name).stream())
            .filter(m -> !m.hasDecorator("abstractmethod"))
            .toList();
    return implementations.size() == 1 ? Optional.of(implementations.getFirst()) : Optional.empty();
  }

  private static Optional<PythonFunction> local(Call call, PythonFunction caller) {
    return call.receiver().isPresent()
        ? Optional.empty()
        : caller.nested().stream().filter(f -> f.name().equals(call.name())).findFirst();
  }

  /// An object that is called runs its class's `__call__`, a module of torch its `forward`.
  private Optional<PythonFunction> called(Call call, PythonFunction caller) {
    return call.function()
        .flatMap(f -> types.of(f, caller))
        .flatMap(c -> types.method(c, "__call__").or(() -> types.method(c, "forward")));
  }
}
