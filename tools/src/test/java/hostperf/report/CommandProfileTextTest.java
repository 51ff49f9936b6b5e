package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.CommandProfile;
import hostperf.agent.CommandProfile.FunctionRow;
import hostperf.agent.CommandProfile.LineRow;
import hostperf.agent.CommandProfile.OutsideRow;
import hostperf.agent.CommandProfile.PlaceRow;
import hostperf.agent.CommandProfile.RootRow;
import hostperf.agent.CommandProfile.ThreadRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandProfileTextTest {
  private static final CommandProfile PROFILE =
      new CommandProfile(
          new RootRow("Engine.step", "engine.py", "found", 4.2, 840, 0.05),
          List.of(new FunctionRow("hash_block", "engine.py", 0.5, 0.5, Optional.of(0.01))),
          3,
          List.of(
              new LineRow(
                  "engine.py",
                  12,
                  "hash_block",
                  0.5,
                  0.5,
                  Optional.of(1_200L),
                  "return sha(data)",
                  List.of("pickle.dumps, 40 times (1.00 a step), 2.0 kB, 1.00 ms in all"))),
          4,
          0.25,
          List.of(),
          List.of("hash_block: all 40 compared calls gave the same result."),
          Optional.of(new OutsideRow(0.1, List.of(new PlaceRow("bench.py", 3, "main", 0.1)))),
          List.of(new ThreadRow(7, "poller", new PlaceRow("engine.py", 40, "poll", 0.99))),
          List.of(),
          Optional.of(0.93),
          Map.of("exceptions", "needs Python 3.12 or newer"),
          List.of(),
          List.of("profiles/profile.7.speedscope.json"),
          List.of());

  @Test
  void putsTheLinesFirstWithWhatTheyDid() {
    assertThat(CommandProfileText.of(PROFILE))
        .isEqualTo(
            """
            Shares are of the time in Engine.step (found where the busiest thread's time divides; --root names another): 4.20 s in 840 samples. The first 5.0% of it differ and are left out as warm-up.

             50.0%  engine.py:12  hash_block, 1,200 hits
                    `return sha(data)`
                    · pickle.dumps, 40 times (1.00 a step), 2.0 kB, 1.00 ms in all
             25.0%  in 3 lines more

            own    total  holds the lock                function    file
            50.0%  50.0%  1.0% (waits, or native code)  hash_block  engine.py
            … and 2 functions more
            hash_block: all 40 compared calls gave the same result.
            Between the calls of Engine.step: 10.0% of the thread's time, at bench.py:3 main (10.0%).
            Thread poller of process 7 was mostly at engine.py:40 poll (99.0%).
            Not looked for: exceptions (needs Python 3.12 or newer).
            File: profiles/profile.7.speedscope.json
            """);
  }
}
