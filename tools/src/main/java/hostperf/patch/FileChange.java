package hostperf.patch;

/// What a patch does to one existing file.
///
/// @param path relative to the checkout, with `/`
/// @param before the whole content the change was made for
/// @param after the whole content it leaves
public record FileChange(String path, String before, String after) {}
