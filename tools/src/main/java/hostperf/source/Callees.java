package hostperf.source;

import java.util.List;
import java.util.Optional;

/// Which function a call runs, and what the profiler calls it.
public final class Callees {
  private final Modules modules;
  private final Types types;

  public Callees(Modules modules) {
    this.modules = modules;
    this.types = new Types(modules, Types.Trust.LIKELY);
  }

  /// What expressions of a function do beside giving a value.
  public SideEffects effects(PythonFunction in) {
    return new SideEffects(new Types(modules, Types.Trust.SURE), in);
  }

  /// Empty where the source does not tell, and for classes without an `__init__` of their own.
  public Optional<PythonFunction> callee(Call call, PythonFunction caller) {
    Optional<Node> receiver = call.receiver();
    if (receiver.filter(r -> r.text().startsWith("super(")).isPresent()) {
      return caller.owner().stream()
          .flatMap(owner -> types.lineages().of(owner).stream().skip(1))
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
                    .flatMap(made -> types.lineages().method(made, "__init__")))
        .or(() -> called(call, caller));
  }

  /// `module.Class.method` or `module::function`.
  public String target(PythonFunction function) {
    String module = modules.nameOf(function.file());
    return function.owner().isPresent()
        ? module + "." + function.qualifiedName()
        : module + "::" + function.qualifiedName();
  }

  /// A method; of an abstract one the only implementation in the checkout.
  private Optional<PythonFunction> concrete(PythonClass owner, String name) {
    Optional<PythonFunction> method = types.lineages().method(owner, name);
    if (method.filter(m -> !isAbstract(m)).isPresent()) {
      return method;
    }
    var implementations = implementations(owner, name);
    return implementations.size() == 1 ? Optional.of(implementations.getFirst()) : Optional.empty();
  }

  private List<PythonFunction> implementations(PythonClass owner, String name) {
    return modules.overrides(owner, name).stream().filter(m -> !isAbstract(m)).toList();
  }

  /// Declared so, or does nothing but refuse.
  private static boolean isAbstract(PythonFunction method) {
    return method.hasDecorator("abstractmethod")
        || method.body().items().stream()
            .filter(s -> !s.is("comment") && !s.text().matches("(?s)[rR]?(\"\"\"|'{3}).*"))
            .allMatch(
                s ->
                    s.is("pass_statement")
                        || s.text().equals("...")
                        || s.is("raise_statement") && s.text().contains("NotImplementedError"));
  }

  /// What a call may run: its callee, or each implementation of an abstract method.
  public List<PythonFunction> callees(Call call, PythonFunction caller) {
    var one = callee(call, caller);
    return one.isPresent()
        ? one.stream().toList()
        : call.receiver()
            .flatMap(r -> types.of(r, caller))
            .map(owner -> implementations(owner, call.name()))
            .orElse(List.of());
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
        .flatMap(
            c ->
                types
                    .lineages()
                    .method(c, "__call__")
                    .or(() -> types.lineages().method(c, "forward")));
  }
}
