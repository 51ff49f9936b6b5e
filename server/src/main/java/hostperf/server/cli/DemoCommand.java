package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.approval.TrustedConfigurations;
import hostperf.host.LocalProcesses;
import hostperf.python.PythonSetup;
import hostperf.server.Structured;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.console.LastingFolder;
import hostperf.server.client.ServerSession;
import hostperf.server.demo.Demo;
import hostperf.server.demo.DemoResult;
import hostperf.server.demo.SampleCheckout;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf demo`: the whole loop on a copy of the sample engine.
@Command(name = "demo", description = "Runs the whole loop on a copy of the sample engine.")
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(names = "--rounds", paramLabel = "N", description = "How many rounds; 4 by default.")
  private int rounds = 4;

  @Option(names = "--json", description = "Prints the result as JSON; progress goes to stderr.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new Refusal("--rounds is %d.".formatted(rounds), "Give 1 or more.");
    }
    var console = hostperf.console();
    PrintStream story = json ? console.err() : console.out();
    var root = hostperf.installation().root();
    var python = new PythonSetup(new LocalProcesses(), System.getenv(), story::println).python();
    var checkout = LastingFolder.create("hostperf-demo-");
    var trusted = TrustedConfigurations.ofUser();
    SampleCheckout.make(root.resolve("examples/mini-executor"), checkout, python);
    story.println("A copy of examples/mini-executor lies in " + checkout);
    DemoResult result;
    try (var server =
        ServerSession.open(
            hostperf.installation().launcher(),
            checkout,
            "hostperf-demo",
            Demo.person(story),
            line -> story.println("     … " + line))) {
      result = new Demo(server, checkout, python, story).run(rounds);
    } finally {
      trusted.forget(checkout);
    }
    if (json) {
      console.out().println(Structured.json(Structured.fields(result)));
    } else {
      print(result);
    }
    return result.tests().failed() == 0 ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  private void print(DemoResult result) {
    var out = hostperf.console().out();
    for (var r : result.rounds()) {
      out.printf(
          "round %d  %-14s %-40s %-12s %s%n",
          r.round(), r.type(), r.function(), r.verdict(), r.decision());
    }
    out.printf(
        Locale.ROOT,
        "Speedup %.2f, re-measured; %d tests pass, %d fail.%n",
        result.speedup(),
        result.tests().passed(),
        result.tests().failed());
    result.report().forEach(f -> out.println("Report: " + f));
    out.println("Checkout: " + result.checkout());
    out.println(
        "Its configuration was approved by the demo for that folder alone, and is no longer.");
    out.println("To clean up: rm -r " + result.checkout());
    out.println(
        "Next, in your engine's checkout: hostperf profile -- python3 bench.py, then hostperf init.");
  }
}
