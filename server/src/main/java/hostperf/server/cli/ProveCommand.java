package hostperf.server.cli;

import hostperf.host.LocalProcesses;
import hostperf.host.Processes;
import hostperf.prove.Effort;
import hostperf.prove.Proof;
import hostperf.prove.ProofJson;
import hostperf.prove.Prover;
import hostperf.prove.TorchDevice;
import hostperf.python.PythonSetup;
import hostperf.server.cli.console.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf prove`: runs what the catalogue claims, before and after, and measures the gain.
@Command(name = "prove", description = "Runs the catalogue's examples and measures their gain.")
final class ProveCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(names = "--pattern", paramLabel = "ID", description = "Only this pattern.")
  private Optional<String> pattern = Optional.empty();

  @Option(names = "--device", description = "cpu, or cuda: the examples that use torch.")
  private TorchDevice device = TorchDevice.CPU;

  @Option(names = "--python", paramLabel = "FILE", description = "The interpreter to run them.")
  private Optional<Path> python = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Runs nothing: takes what `prove --json` printed elsewhere. Repeatable.")
  private List<Path> from = List.of();

  @Option(names = "--update", description = "Writes the measured ratios into the pages.")
  private boolean update;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var console = hostperf.console();
    var processes = new LocalProcesses();
    var texts = hostperf.installation().texts();
    var prover = new Prover(texts.catalog(), processes, interpreter(processes));
    var proof =
        from.isEmpty()
            ? prover.prove(pattern, device, Effort.MEASURE)
            : ProofJson.read(from.stream().map(Path::toAbsolutePath).toList());
    if (json) {
      console.json(ProofJson.of(proof));
    } else {
      print(proof);
    }
    if (update) {
      prover
          .update(texts.root().resolve("references"), proof)
          .forEach(page -> console.err().println("updated " + page));
    }
    return proof.holds() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  /// Looked for only where something is to run.
  private String interpreter(Processes processes) {
    return from.isEmpty()
        ? python
            .orElseGet(
                () ->
                    new PythonSetup(processes, System.getenv(), hostperf.console().err()::println)
                        .python())
            .toString()
        : "";
  }

  private void print(Proof proof) {
    var out = hostperf.console().out();
    out.printf(
        "%s%s%s%n",
        proof.python(),
        proof.torch().map(t -> ", torch " + t).orElse(""),
        proof.gpu().map(g -> ", " + g).orElse(""));
    for (var pair : proof.results()) {
      out.printf("%-40s %-10s %s%n", pair.id(), word(pair), text(pair));
    }
  }

  private static String word(Proof.PairResult pair) {
    return pair.result().getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String text(Proof.PairResult pair) {
    return pair.result() instanceof Proof.Equal equal && equal.gain().isPresent()
        ? String.format(Locale.ROOT, "%.2f times as fast", equal.gain().get().ratio())
        : pair.result().detail();
  }
}
