/// What hostperf knows by heart, read from the pages under `references/` and `prompts/`: patterns,
/// what is hot and bound in each engine, which NVTX range comes from which function, the prompts.
///
/// A page is the one source of truth; nothing here repeats what a page says. Start at `Catalog`
/// for the patterns, at `TargetMaps` for an engine's facts, at `References` for the pages as
/// pages. Pages are read when they are first asked for, never at start-up. It must not know
/// profiles, hotspots or runs. `Skill` has the pages as files of a skill.
@NullMarked
package hostperf.catalog;

import org.jspecify.annotations.NullMarked;
