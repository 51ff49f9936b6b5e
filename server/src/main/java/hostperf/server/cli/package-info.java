/// The command line, one file a command. Start at `HostperfCommand`. Each command translates: it
/// asks the domain or calls a tool, prints, and turns the answer into an exit code.
@NullMarked
package hostperf.server.cli;

import org.jspecify.annotations.NullMarked;
