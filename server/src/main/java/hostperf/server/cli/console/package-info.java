/// Where a command meets the person who runs it: what it reads and prints, how it fails, and its
/// exit codes.
@NullMarked
package hostperf.server.cli.console;

import org.jspecify.annotations.NullMarked;
