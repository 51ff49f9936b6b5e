/// The domain of hostperf, one concept a folder. Start at `hostperf.tool.AllTools` for what an
/// agent can call, or at `hostperf.run.Run` for what may follow what. The classes here are what any
/// package may use.
@NullMarked
package hostperf;

import org.jspecify.annotations.NullMarked;
