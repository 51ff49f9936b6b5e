/// The headless agent: drives the loop through the real server over MCP, deterministically where it
/// can, asking a model where there is a choice. Start at `Autopilot`. It must not know langchain4j,
/// nor do anything to the code but through the tools.
@NullMarked
package hostperf.server.autopilot;

import org.jspecify.annotations.NullMarked;
