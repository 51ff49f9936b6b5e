package hostperf.server.cli.serving;

import hostperf.job.Checkout;
import hostperf.seal.UserState;
import hostperf.server.cli.console.Console;
import hostperf.server.cli.console.Seat;
import hostperf.server.http.Doorkeeper;
import hostperf.server.page.PageHandler;
import hostperf.server.page.SignInCodes;
import hostperf.server.wire.Defects;
import java.net.URI;
import java.util.List;

/// The page for people beside what a command serves, and how they get in.
public record PageServing(Installation installation, Console console) {
  public PageHandler handler(Doorkeeper door, List<Checkout> checkouts) {
    return new PageHandler(
        door,
        checkouts,
        codes(installation),
        installation.clock(),
        new Defects(installation.errorIds()));
  }

  /// Says where it is; the code is for the person at the terminal alone, never for a log.
  public void announce(URI place) {
    console.err().println("The page for people: " + place + "/");
    console.err().flush();
    if (Seat.isTaken()) {
      printCode();
    } else {
      console.err().println("`hostperf ui --code`, in a terminal, prints a code to sign in.");
      console.err().flush();
    }
  }

  public void printCode() {
    console
        .out()
        .printf(
            "Code to sign in, once, within %d minutes: %s%n",
            SignInCodes.LIFETIME.toMinutes(), codes(installation).make());
    console.out().flush();
  }

  private static SignInCodes codes(Installation installation) {
    return new SignInCodes(UserState.ofUser().own("codes"), installation.clock());
  }
}
