package hostperf.stacks;

import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Qualified names for the frames of a profiler that knows functions by their last name alone.
///
/// A comprehension counts as its enclosing function, as Python 3.12 runs it. A lambda is one of its
/// own, since others may call it.
/// Files outside the checkout (installed packages) are read where they lie.
public final class FunctionNames {
  private static final long LARGEST_FILE = 4 << 20;

  private static final String MODULE = "<module>";

  /// What is called by another name than that of the function it stands in.
  public static final String LAMBDA = "<lambda>";

  private final Sources sources;
  private final Map<String, Optional<PythonFile>> files = new ConcurrentHashMap<>();

  public FunctionNames(Sources sources) {
    this.sources = sources;
  }

  /// The profile with the names that the source has at each frame's line.
  ///
  /// What runs only while something is imported keeps the profiler's names: a large engine imports
  /// thousands of files, and reading them all takes longer than the workload.
  public StackProfile in(StackProfile profile) {
    var worthReading = new HashSet<Frame>();
    for (ThreadStacks track : profile.tracks()) {
      EachStack.summed(track.stacks())
          .forEach(stack -> worthReading.addAll(beforeImports(stack.frames())));
    }
    return profile.renamed(frame -> worthReading.contains(frame) ? named(frame) : frame);
  }

  /// A launcher's module may run the program's; a third within them is an import of an import.
  private static List<Frame> beforeImports(List<Frame> frames) {
    int modules = 0;
    for (int i = 0; i < frames.size(); i++) {
      modules += frames.get(i).function().equals(MODULE) ? 1 : 0;
      if (modules == 3) {
        return frames.subList(0, i);
      }
    }
    return frames;
  }

  /// The same of a call graph.
  public CallGraph in(CallGraph graph) {
    return graph.renamed(this::named);
  }

  private Frame named(Frame frame) {
    if (frame.line() < 1 || frame.function().equals(MODULE)) {
      return frame;
    }
    return file(frame.file())
        .flatMap(file -> at(file, frame))
        .map(
            function ->
                new Frame(
                    frame.function().endsWith(LAMBDA)
                        ? function.qualifiedName() + "." + LAMBDA
                        : function.qualifiedName(),
                    frame.file(),
                    frame.line()))
        .orElse(frame);
  }

  /// The innermost function with the profiler's name: the line of a `def` runs in the function
  /// around it. One of another name where none has it: a decorator may have made the profiler's.
  private static Optional<PythonFunction> at(PythonFile file, Frame frame) {
    var name = frame.function().substring(frame.function().lastIndexOf('.') + 1);
    var innermost = file.functionAt(frame.line());
    return name.startsWith("<")
        ? innermost
        : file.functions().stream()
            .flatMap(f -> Stream.concat(Stream.of(f), f.nested().stream()))
            .filter(f -> f.name().equals(name) && f.covers(frame.line()))
            .reduce((_, inner) -> inner)
            .or(() -> innermost);
  }

  /// Whether a function stands within another, so that no name leads to it from outside.
  public boolean isNested(String path, String qualified) {
    return file(path)
        .flatMap(file -> file.function(qualified))
        .flatMap(f -> f.node().ancestor("function_definition"))
        .isPresent();
  }

  /// The Python source of a frame's file; empty where there is none.
  public Optional<PythonFile> source(String path) {
    return file(path);
  }

  private Optional<PythonFile> file(String path) {
    return files.computeIfAbsent(path, p -> sources.file(p).or(() -> outside(p)));
  }

  private static Optional<PythonFile> outside(String path) {
    if (path.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    var file = Path.of(path);
    try {
      if (!file.isAbsolute() || !Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
        return Optional.empty();
      }
      return Optional.of(
          PythonFile.of(path, new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
    } catch (IOException _) {
      // Its frames keep the profiler's own names.
      return Optional.empty();
    }
  }
}
