/// Looks a patch through for what could fake a gain: a better figure or a passing test without
/// better code. Start at `Audit`.
///
/// Each version of a file is read into `Trait`s: uses of names (`UsedNames`, judged by
/// `JudgedNames`), what reaches code by way of strings (`Reflection`), what is printed
/// (`PrintedOutput`), what is set (`ChangedConstants`, `Patched`), branches and exceptions
/// (`Shapes`), results that are kept (`Kept`). What both versions have alike is no finding.
@NullMarked
package hostperf.audit;

import org.jspecify.annotations.NullMarked;
