/// What is known of a hotspot: measured, seen in the source, or named; and the types that it
/// permits. Start at `Knowledge`; `TypeRules` reads the heads of the types page.
@NullMarked
package hostperf.classify.facts;

import org.jspecify.annotations.NullMarked;
