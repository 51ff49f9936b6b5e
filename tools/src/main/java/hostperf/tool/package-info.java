/// What an agent can call: one file a tool, `AllTools` the list in workflow order. A tool only
/// translates; what deserves a test of its own belongs in a stage package or in `hostperf.run`.
@NullMarked
package hostperf.tool;

import org.jspecify.annotations.NullMarked;
