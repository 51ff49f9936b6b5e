/// hostperf as its own client: the real server process, talked to through the SDK. The demo and
/// the headless agent drive the loop with it. Start at `ServerSession`.
@NullMarked
package hostperf.server.client;

import org.jspecify.annotations.NullMarked;
