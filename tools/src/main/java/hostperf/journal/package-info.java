/// What happened in a run and what may follow. A `Run` is folded from the `Event`s of an
/// append-only journal, each sealed and written before the act it announces; any later process goes
/// on with a run by its id. Start at `Run` and `Stage`. It must not know tools or text for agents.
@NullMarked
package hostperf.journal;

import org.jspecify.annotations.NullMarked;
