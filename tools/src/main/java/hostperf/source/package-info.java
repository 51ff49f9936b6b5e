/// Reads Python source: functions, loops, names, calls, classes, imports, and on which device a
/// tensor lives.
///
/// Start at `Sources` (finds files below a checkout) and `PythonFile` (one file: functions by
/// name or by line). `Node` is the syntax; `PythonFunction` answers questions about one function;
/// `Devices` says where a value lives and why one thinks so. Facts only: what they mean for speed
/// is for `classify`. It must not know profiles, runs or text for agents.
@NullMarked
package hostperf.source;

import org.jspecify.annotations.NullMarked;
