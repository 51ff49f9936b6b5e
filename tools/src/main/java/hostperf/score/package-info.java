/// How often classifying is right on labelled changes: their lines are put into a profile, and the
/// answers are counted. Start at `Score`.
@NullMarked
package hostperf.score;

import org.jspecify.annotations.NullMarked;
