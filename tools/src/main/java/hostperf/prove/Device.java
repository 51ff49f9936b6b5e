package hostperf.prove;

/// Where pairs that use torch run.
public enum Device {
  CPU,
  CUDA
}
