/// A person's yes or no, bound to exactly what they saw. Start at `Approval` and `Approvals`. It
/// must not know how the question reaches the person.
@NullMarked
package hostperf.approval;

import org.jspecify.annotations.NullMarked;
