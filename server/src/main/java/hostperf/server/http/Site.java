package hostperf.server.http;

import hostperf.server.Offer;

/// One checkout at its path.
///
/// @param path such as `/mcp`
/// @param full for tokens that may run
/// @param looking for the others
public record Site(String path, Offer full, Offer looking) {}
