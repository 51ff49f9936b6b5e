/// Every word and picture that an agent or a person reads. Pages are single files: styles,
/// scripts and data stand inside, so that they can be mailed and opened years later.
@NullMarked
package hostperf.report;

import org.jspecify.annotations.NullMarked;
