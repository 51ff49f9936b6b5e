/// Every word that an agent or a person reads, the report of a run aside: texts, tables and pages
/// made from plain records. Start at `AgentText` for answers, at `TracePage` for a detection as a
/// page. It decides nothing and measures nothing.
@NullMarked
package hostperf.report;

import org.jspecify.annotations.NullMarked;
