/// Every word an agent or a person reads. Start at `AgentText`; tools, stages and the server never
/// build sentences for answers.
@NullMarked
package hostperf.report;

import org.jspecify.annotations.NullMarked;
