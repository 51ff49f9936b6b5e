/// The machine: programs, their environment and their ends. Start at `Processes`;
/// `LocalProcesses` is the real one. The only package that uses `ProcessBuilder` and
/// `System.nanoTime`.
@NullMarked
package hostperf.host;

import org.jspecify.annotations.NullMarked;
