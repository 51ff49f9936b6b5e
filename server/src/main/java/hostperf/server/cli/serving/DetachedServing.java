package hostperf.server.cli.serving;

import hostperf.Sha256;
import hostperf.host.DetachedProcess;
import hostperf.host.Orphans;
import hostperf.job.OwnerLock;
import hostperf.seal.UserState;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.ExitCode;
import hostperf.server.detached.DetachedServer;
import hostperf.server.detached.Front;
import hostperf.server.detached.MeetingPlace;
import hostperf.tool.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `hostperf serve --detach` does: its front, and the process that works behind it.
///
/// @param directory as given with -C
/// @param part which of the two
public record DetachedServing(Path directory, ModelFlags model, Part part)
    implements ClientServing {
  public static final String FRONT = "--detach";

  /// How the front begins the other one.
  public static final String WORKER = "--detached";

  private static final int NAME = 16;

  /// Which of the two processes this is.
  public enum Part {
    FRONT,
    WORKER
  }

  @Override
  public int serve(Installation installation, Console console) {
    return part == Part.FRONT ? front(installation, console) : work(installation);
  }

  /// Serves one client until it has gone, or the process that works.
  private int front(Installation installation, Console console) {
    var root = root(installation);
    var command =
        new ArrayList<>(
            List.of(installation.launcher().toString(), "-C", root.toString(), "serve", WORKER));
    command.addAll(model.arguments());
    var err = console.err();
    boolean clientWent =
        new Front(place(installation, root), command)
            .relay(
                console.in(),
                console.out(),
                pid -> err.println("hostperf: process %d works on %s.".formatted(pid, root)));
    if (clientWent) {
      return ExitCode.DONE;
    }
    err.println("hostperf: that process has ended; connect again to begin another.");
    return ExitCode.INCONCLUSIVE;
  }

  /// Serves whoever comes until it has been idle for a while.
  private int work(Installation installation) {
    DetachedProcess.leaveSession();
    var place = place(installation, root(installation));
    var served = Served.of(installation, directory, Access.FULL, model, Orphans.adopt());
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(served::close));
    new DetachedServer(place, served.full(), served::isBusy).serve();
    return ExitCode.DONE;
  }

  private Path root(Installation installation) {
    return installation.checkout(Installation.folder(directory)).root();
  }

  /// One for each checkout, machine (the folder may be shared by several), hostperf and model.
  private MeetingPlace place(Installation installation, Path root) {
    var what =
        List.of(
            OwnerLock.host(),
            root.toString(),
            installation.root().toString(),
            installation.version(),
            String.join(" ", model.arguments()));
    var name = Sha256.of(String.join("\n", what)).substring(0, NAME);
    return new MeetingPlace(UserState.ofUser(), name);
  }
}
