/// The outside of hostperf: MCP on stdio and the command line. Start reading at `Main`. It
/// translates; what deserves a test of its own belongs in a stage package of the tools.
@NullMarked
package hostperf.server;

import org.jspecify.annotations.NullMarked;
