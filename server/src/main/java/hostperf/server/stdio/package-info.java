/// MCP's messages on a pair of streams, one a line. Start reading at `StdioTransport`: it judges
/// each line (`MessageReader`, `Params`), gives sound ones to the SDK's session and answers the
/// others itself. Every request gets exactly one answer, but for those that the client cancelled.
/// It knows no tools, only their names.
@NullMarked
package hostperf.server.stdio;

import org.jspecify.annotations.NullMarked;
