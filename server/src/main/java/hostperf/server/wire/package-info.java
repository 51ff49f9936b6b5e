/// MCP's messages, whatever they travel on. Start reading at `StdioConnection`: each line is judged
/// (`MessageReader`), goes the way of the protocol's revision that it speaks (`Era`) to the SDK
/// (`LegacySession`, `ModernCalls`), or is answered here where the SDK cannot read it (`Params`).
/// Every request gets exactly one answer, but for those that the client cancelled. It knows no
/// tools, only their names.
@NullMarked
package hostperf.server.wire;

import org.jspecify.annotations.NullMarked;
