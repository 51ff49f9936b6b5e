/// `hostperf.yaml`: what to run, what to measure, what may be edited. Start at `Configuration`;
/// every fault is told with its line. It must not know runs, tools or text for agents.
@NullMarked
package hostperf.configuration;

import org.jspecify.annotations.NullMarked;
