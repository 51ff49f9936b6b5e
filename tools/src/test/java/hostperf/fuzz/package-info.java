/// Fuzz targets: what must hold for any bytes at all. `bench/fuzz/run` feeds them with Jazzer,
/// guided by coverage; `FuzzTest` feeds them the inputs that broke something once, which lie under
/// `src/test/resources/fuzz/`. A target that returns has nothing to say; what it throws is a
/// defect.
package hostperf.fuzz;
