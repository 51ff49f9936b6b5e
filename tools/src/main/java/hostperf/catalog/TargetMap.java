package hostperf.catalog;

import java.util.List;
import java.util.Optional;

/// What is known of one engine's host path: where its time goes, what there is bound C++, where it
/// waits on purpose, and which tests stand for which source.
///
/// Read from `references/hot-path-files.md`; names of an engine move, so every fact is a hint to be
/// checked against the checkout at hand. An engine we know nothing of has empty lists.
///
/// @param name as `target:` in `hostperf.yaml` has it
/// @param functions in the order of the step
/// @param loggers the engine's own
/// @param layouts how its parts may be laid out, newest first
/// @param tests every row whose sources cover a file applies to it
public record TargetMap(
    String name,
    List<HotFunction> functions,
    NativeBindings bound,
    EngineCalls calls,
    List<EngineLogger> loggers,
    List<Layout> layouts,
    List<TestRow> tests) {
  public TargetMap {
    functions = List.copyOf(functions);
    loggers = List.copyOf(loggers);
    layouts = List.copyOf(layouts);
    tests = List.copyOf(tests);
  }

  /// The functions to profile when the configuration names none.
  public List<HotFunction> first() {
    return functions.stream().filter(HotFunction::first).toList();
  }

  /// Names of the functions whose time is the engine's, the page's order being the preferred one.
  public List<String> roots() {
    return functions.stream().filter(HotFunction::root).flatMap(f -> f.names().stream()).toList();
  }

  /// The function that goes by this name now or went by it before.
  ///
  /// @param name qualified, as the profiler takes it
  public Optional<HotFunction> function(String name) {
    return functions.stream().filter(f -> f.names().contains(name)).findFirst();
  }

  /// Functions whose name ends so (`PyExecutor._schedule`, `_schedule`): candidates for a call that
  /// could not be resolved.
  public List<HotFunction> candidates(String lastNames) {
    return functions.stream().filter(f -> f.isCalled(lastNames)).toList();
  }
}
