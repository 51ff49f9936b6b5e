/// The domain of hostperf, one concept a folder. Start at `hostperf.tool.AllTools` for what an
/// agent can call, or at `hostperf.journal.Run` for what may follow what. The only class here is
/// the exception that any package may throw.
@NullMarked
package hostperf;

import org.jspecify.annotations.NullMarked;
