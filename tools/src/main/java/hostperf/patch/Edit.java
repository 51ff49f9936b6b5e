package hostperf.patch;

/// An exact replacement: `old` occurs exactly once in `file` and becomes `new`.
public record Edit(String file, String oldText, String newText) {}
