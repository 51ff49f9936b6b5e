/// Changes to source as values: parsing, applying, rendering, and what policy allows. Start at
/// `PatchReader`, which makes a `Patch` of what a caller hands in or refuses it, and at
/// `PatchPolicy`. What a patch does to figures is judged in `audit`. It writes nothing to disk and
/// knows git only through `Tree`.
@NullMarked
package hostperf.patch;

import org.jspecify.annotations.NullMarked;
