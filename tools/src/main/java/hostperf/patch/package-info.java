/// Changes to source as values: parsing, applying, rendering, and what policy allows. Start at
/// `FileChange` and `PatchPolicy`. It writes nothing to disk.
@NullMarked
package hostperf.patch;

import org.jspecify.annotations.NullMarked;
