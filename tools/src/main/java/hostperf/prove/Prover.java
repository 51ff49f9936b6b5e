package hostperf.prove;

import hostperf.catalog.Catalog;
import hostperf.catalog.Example;
import hostperf.catalog.Pattern;
import hostperf.host.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs the examples of the catalogue.
///
/// Patterns without a pair are not among the results: their page says why there is none.
public final class Prover {
  private final Catalog catalog;
  private final Runner runner;

  /// @param python the interpreter to run with, such as `python3`
  public Prover(Catalog catalog, Processes processes, String python) {
    this.catalog = catalog;
    this.runner = new Runner(processes, python);
  }

  /// @param pattern only this one; an unknown name is refused, naming those there are
  public Proof prove(Optional<String> pattern, TorchDevice device, Effort effort) {
    var chosen = pattern.map(catalog::required).map(List::of).orElseGet(catalog::patterns);
    return runner.run(chosen.stream().flatMap(Prover::pair).toList(), device, effort);
  }

  /// Writes the measured ratios into the generated table at the end of each page that has one of
  /// the proved patterns; rows of other patterns and other surroundings stay.
  ///
  /// @return the pages that changed, below `references`
  public List<String> update(Path references, Proof proof) {
    return catalog.patterns().stream()
        .map(Pattern::page)
        .distinct()
        .filter(page -> update(references.resolve(page), page, proof))
        .toList();
  }

  private boolean update(Path file, String page, Proof proof) {
    try {
      var before = Files.readString(file);
      var order = catalog.patterns().stream().filter(p -> p.page().equals(page)).toList();
      var after = MeasuredTable.in(before).with(proof, order).writtenInto(before);
      if (after.equals(before)) {
        return false;
      }
      Files.writeString(file, after);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<ModulePair> pair(Pattern pattern) {
    return switch (pattern.example()) {
      case Example.Pair p ->
          Stream.of(new ModulePair(pattern.id(), p.needs(), p.before(), p.after(), p.inputs()));
      case Example.None _ -> Stream.empty();
    };
  }
}
