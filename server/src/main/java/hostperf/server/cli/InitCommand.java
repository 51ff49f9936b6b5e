package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationReader;
import hostperf.configuration.ConfigurationReader.Reading;
import hostperf.configuration.Draft;
import hostperf.configuration.Fault;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.cli.console.Seat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf init`: drafts the configuration; never overwrites one. Asks the person at the terminal
/// what only they know.
@Command(name = "init", description = "Drafts hostperf.yaml from the checkout.")
final class InitCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(names = "--json", description = "Asks nothing; prints JSON.")
  private boolean json;

  /// @param open lines of the file that wait for an answer, from 1
  /// @param faults what keeps a run from starting
  record Drafted(String file, List<Integer> open, List<String> faults) {}

  @Override
  public Integer call() throws IOException {
    var root = hostperf.checkout().root();
    var file = root.resolve(Configuration.FILE);
    if (Files.exists(file)) {
      throw alreadyThere();
    }
    var draft = new Draft(root);
    var text = draft.text(json || !Seat.isTaken() ? Map.of() : answers(draft));
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      throw alreadyThere();
    } catch (IOException e) {
      // A part of it would keep the next try from writing the whole.
      Files.deleteIfExists(file);
      throw e;
    }
    var lines = text.lines().toList();
    var open = IntStream.range(1, lines.size()).filter(i -> lines.get(i).contains("# ?"));
    var faults =
        ConfigurationReader.read(root) instanceof Reading.Faulty faulty
            ? faulty.faults().stream().map(Fault::toString).toList()
            : List.<String>of();
    answer(new Drafted(Configuration.FILE, open.map(i -> i + 1).boxed().toList(), faults));
    return ExitCode.DONE;
  }

  private static Refusal alreadyThere() {
    return new Refusal(
        "There is a %s already.".formatted(Configuration.FILE),
        "Edit it, or move it away and run `hostperf init` again.");
  }

  /// Return alone takes what was found, and leaves open what was not.
  private Map<Draft.Question, String> answers(Draft draft) throws IOException {
    var out = hostperf.console().out();
    var in =
        new BufferedReader(new InputStreamReader(hostperf.console().in(), StandardCharsets.UTF_8));
    var answers = new EnumMap<Draft.Question, String>(Draft.Question.class);
    for (var question : Draft.Question.values()) {
      var found = draft.found(question);
      out.printf("%s%s: ", question.text(), found.map(f -> " [" + f + "]").orElse(" [leave open]"));
      out.flush();
      var typed = Optional.ofNullable(in.readLine()).map(String::strip).filter(t -> !t.isEmpty());
      typed.or(() -> found).ifPresent(answer -> answers.put(question, answer));
    }
    return answers;
  }

  private void answer(Drafted drafted) {
    if (json) {
      hostperf.console().json(drafted);
      return;
    }
    var out = hostperf.console().out();
    out.println(
        "Wrote "
            + drafted.file()
            + (drafted.open().isEmpty() ? "." : "; check the lines marked ?."));
    drafted.faults().forEach(fault -> out.println("Still to fill in: " + fault));
    out.println("Next: hostperf doctor, then hostperf trust");
  }
}
