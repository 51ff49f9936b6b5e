/// The demonstration: a scripted agent drives the real server over MCP on a copy of the sample
/// engine. Everything it prints was measured just then. Start at `Demo`.
@NullMarked
package hostperf.server.demo;

import org.jspecify.annotations.NullMarked;
