/// What the commands that serve do: on standard input and output, from a process that outlives its
/// client, over HTTP, and the page for people; and what is served of a checkout.
@NullMarked
package hostperf.server.cli.serving;

import org.jspecify.annotations.NullMarked;
