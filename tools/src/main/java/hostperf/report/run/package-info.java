/// The report of a run, as Markdown and as a page. Start at `RunReport`; `RunStory` is what it is
/// made from.
@NullMarked
package hostperf.report.run;

import org.jspecify.annotations.NullMarked;
