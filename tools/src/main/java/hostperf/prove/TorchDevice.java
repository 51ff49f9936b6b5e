package hostperf.prove;

/// Where pairs that use torch run.
public enum TorchDevice {
  CPU,
  CUDA
}
