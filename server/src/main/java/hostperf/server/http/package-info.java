/// The web server, and MCP over Streamable HTTP. Start reading at `HttpServer`; `McpHandler`
/// answers a request, after `Doorkeeper` has let it in. Loaded for `serve --http` and `ui` alone.
/// Agents come with tokens, and with a token nothing is ever approved.
@NullMarked
package hostperf.server.http;

import org.jspecify.annotations.NullMarked;
