package hostperf.server.http;

/// One checkout at its path.
///
/// @param path such as `/mcp`
/// @param full for tokens that may run
/// @param looking for the others
public record Site(String path, Backend full, Backend looking) {}
