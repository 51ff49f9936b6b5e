/// Standard input and output with work that outlives the client (`serve --detach`): the process
/// that the client starts only passes messages on, to a process of the checkout that works. Start
/// reading at `Front`; `DetachedServer` is its other end, and they meet at a `MeetingPlace`.
@NullMarked
package hostperf.server.detached;

import org.jspecify.annotations.NullMarked;
