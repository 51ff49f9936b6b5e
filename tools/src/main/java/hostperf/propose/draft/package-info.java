/// Drafts of patches: one small class a mechanical shape, each of which either draws up the exact
/// edit, or says which fact it did not see, or has nothing to do with the line. Start at `Drafts`,
/// the list of shapes. It knows source only, and leaves estimates, risk and words to `propose`.
@NullMarked
package hostperf.propose.draft;

import org.jspecify.annotations.NullMarked;
