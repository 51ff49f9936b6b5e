package hostperf.catalog;

/// A Python module that may be compiled, so that a line profiler sees nothing of it and an edit of
/// its source changes nothing until it is built again.
///
/// @param module dotted name
/// @param by the compiler, such as `mypyc`
/// @param note how to tell, and how to build it again
public record CompiledModule(String module, String by, String note) {}
