/// The Python that the workload runs in, and the profilers that have to be there: found, or
/// installed into a folder of our own. Start at `PythonSetup`.
@NullMarked
package hostperf.python;

import org.jspecify.annotations.NullMarked;
