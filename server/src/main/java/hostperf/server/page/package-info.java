/// The page for people: runs, what is at work, questions with their whole diff, and the answer to
/// them. Start reading at `PageHandler`; each page is a class. Loaded for `serve --http` and `ui`
/// alone. It reads what lies on disk and knows nothing of MCP; agents' tokens are worth nothing
/// here.
@NullMarked
package hostperf.server.page;

import org.jspecify.annotations.NullMarked;
