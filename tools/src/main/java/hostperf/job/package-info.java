/// Work that outlives a call: jobs, the queue for the machine, and the locks of a checkout. Start
/// at `Jobs`, at `Checkout` for what belongs together in one.
@NullMarked
package hostperf.job;

import org.jspecify.annotations.NullMarked;
