/// The small types that a tool is declared with and answers with. Start at `Tool` and `Outcome`.
/// Nothing here knows MCP: the server translates.
@NullMarked
package hostperf.agent;

import org.jspecify.annotations.NullMarked;
