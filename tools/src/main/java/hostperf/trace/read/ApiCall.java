package hostperf.trace.read;

import java.util.Set;
import java.util.regex.Pattern;

/// What a CUDA call does to the host's time, known from its name.
public enum ApiCall {
  LAUNCH,
  GRAPH_LAUNCH,
  /// The host waits in it until the device is done.
  WAIT,
  OTHER;

  private static final Set<String> LAUNCHES =
      Set.of(
          "cudaLaunchKernel",
          "cudaLaunchKernelExC",
          "cudaLaunchCooperativeKernel",
          "cuLaunchKernel",
          "cuLaunchKernelEx",
          "cuLaunchCooperativeKernel");
  private static final Set<String> GRAPH_LAUNCHES = Set.of("cudaGraphLaunch", "cuGraphLaunch");

  /// The runtime's and the driver's blocking calls: the synchronise family, and copies that are
  /// not asynchronous.
  private static final Set<String> WAITS =
      Set.of(
          "cudaStreamSynchronize",
          "cudaDeviceSynchronize",
          "cudaEventSynchronize",
          "cuStreamSynchronize",
          "cuCtxSynchronize",
          "cuEventSynchronize",
          "cudaMemcpy",
          "cudaMemcpy2D",
          "cudaMemcpyToSymbol",
          "cudaMemcpyFromSymbol",
          "cuMemcpy",
          "cuMemcpyDtoH",
          "cuMemcpyHtoD");

  /// Real exports append the version of the entry point: `cudaLaunchKernel_v7000`,
  /// `cuMemcpyDtoH_v2`, and `_ptsz` for per-thread default streams.
  private static final Pattern SUFFIX = Pattern.compile("(_v\\d+|_ptsz)+$");

  public static ApiCall of(String exported) {
    String name = bare(exported);
    if (LAUNCHES.contains(name)) {
      return LAUNCH;
    }
    if (GRAPH_LAUNCHES.contains(name)) {
      return GRAPH_LAUNCH;
    }
    return WAITS.contains(name) ? WAIT : OTHER;
  }

  public static String bare(String exported) {
    return SUFFIX.matcher(exported).replaceFirst("");
  }

  public boolean launches() {
    return this == LAUNCH || this == GRAPH_LAUNCH;
  }
}
