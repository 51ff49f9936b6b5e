package hostperf.server.cli;

import hostperf.host.LocalProcesses;
import hostperf.profile.PythonSetup;
import hostperf.prove.Device;
import hostperf.prove.Effort;
import hostperf.prove.Proof;
import hostperf.prove.Prover;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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

  @Option(names = "--device", description = "cpu or cuda, for examples that use torch.")
  private Device device = Device.CPU;

  @Option(names = "--python", paramLabel = "FILE", description = "The interpreter to run them.")
  private Optional<Path> python = Optional.empty();

  @Option(names = "--update", description = "Writes the measured ratios into the pages.")
  private boolean update;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var console = hostperf.console();
    var processes = new LocalProcesses();
    var interpreter =
        python.orElseGet(
            () -> new PythonSetup(processes, System.getenv(), console.err()::println).python());
    var texts = hostperf.installation().texts();
    var prover = new Prover(texts.catalog(), processes, interpreter.toString());
    var proof = prover.prove(pattern, device, Effort.MEASURE);
    if (json) {
      console.json(fields(proof));
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

  private void print(Proof proof) {
    var out = hostperf.console().out();
    out.printf(
        "%s%s%s%n",
        proof.python(),
        proof.torch().map(t -> ", torch " + t).orElse(""),
        proof.gpu().map(g -> ", " + g).orElse(""));
    for (var finding : proof.findings()) {
      out.printf("%-40s %-10s %s%n", finding.id(), word(finding), text(finding));
    }
  }

  private static String word(Proof.Finding finding) {
    return finding.result().getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String text(Proof.Finding finding) {
    return finding.result() instanceof Proof.Equal equal && equal.gain().isPresent()
        ? String.format(Locale.ROOT, "%.2f times as fast", equal.gain().get().ratio())
        : finding.result().detail();
  }

  private static Map<String, Object> fields(Proof proof) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("python", proof.python());
    proof.torch().ifPresent(t -> fields.put("torch", t));
    proof.gpu().ifPresent(g -> fields.put("gpu", g));
    fields.put(
        "findings",
        proof.findings().stream()
            .map(
                f -> {
                  var row = new LinkedHashMap<String, Object>();
                  row.put("pattern", f.id());
                  row.put("result", word(f));
                  row.put("detail", f.result().detail());
                  if (f.result() instanceof Proof.Equal equal) {
                    equal.gain().ifPresent(g -> row.put("ratio", g.ratio()));
                  }
                  return row;
                })
            .toList());
    return fields;
  }
}
