/// Measuring: pairs of launches or of blocks inside one, and the checks that keep a verdict honest.
/// Start at `Measurement` for how samples are taken, at `Validator` for what is concluded. It must
/// not know runs, tools or text for agents.
@NullMarked
package hostperf.measure;

import org.jspecify.annotations.NullMarked;
