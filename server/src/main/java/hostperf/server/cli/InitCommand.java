package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.configuration.Configuration;
import hostperf.configuration.Draft;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `hostperf init`: drafts the configuration; never overwrites one.
@Command(name = "init", description = "Drafts hostperf.yaml from the checkout.")
final class InitCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Override
  public Integer call() throws IOException {
    var root = hostperf.checkout().root();
    var file = root.resolve(Configuration.FILE);
    try {
      Files.writeString(file, new Draft(root).text(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      throw new Refusal(
          "There is a %s already.".formatted(Configuration.FILE),
          "Edit it, or move it away and run `hostperf init` again.");
    } catch (IOException e) {
      // A part of it would keep the next try from writing the whole.
      Files.deleteIfExists(file);
      throw e;
    }
    hostperf.console().out().println("Wrote " + Configuration.FILE + "; check the lines marked ?.");
    hostperf.console().out().println("Next: hostperf doctor, then hostperf trust");
    return ExitCode.DONE;
  }
}
