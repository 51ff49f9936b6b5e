package hostperf.prove;

import hostperf.catalog.Example.Needs;

/// Two Python modules that define the same names, and a module whose `calls(m)` yields
/// `(function, args)` for either: what one run of the runner compares.
public record ModulePair(String id, Needs needs, String before, String after, String inputs) {}
