/// What only this user's hostperf can have written: a key outside any checkout, seals made with it,
/// and files that nobody else may read. Start at `SealedFolder`. It must not know what the files
/// say.
@NullMarked
package hostperf.seal;

import org.jspecify.annotations.NullMarked;
