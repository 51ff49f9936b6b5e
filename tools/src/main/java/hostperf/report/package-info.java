/// Every word that an agent or a person reads: texts, tables and pages made from plain records.
/// Start at `RunReport` for what a run leaves behind, at `TracePage` for a detection as a page. It
/// decides nothing and measures nothing.
@NullMarked
package hostperf.report;

import org.jspecify.annotations.NullMarked;
