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
          "cuLaunchCooperativeKernel",
          "cudaExtLaunchKernel",
          "cudaModuleLaunchKernel",
          "cudaExtModuleLaunchKernel",
          "cudaHccModuleLaunchKernel",
          "cudaModuleLaunchCooperativeKernel",
          "urEnqueueKernelLaunch",
          "zeCommandListAppendLaunchKernel",
          "zeCommandListAppendLaunchCooperativeKernel");
  private static final Set<String> GRAPH_LAUNCHES = Set.of("cudaGraphLaunch", "cuGraphLaunch");

  /// The runtime's and the driver's blocking calls: the synchronise family, and copies that are
  /// not asynchronous. Copies to and from pageable memory may block under their asynchronous
  /// names, too.
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
          "cudaMemcpyWithStream",
          "cudaMemcpyDtoH",
          "cudaMemcpyHtoD",
          "cudaMemcpyToSymbol",
          "cudaMemcpyFromSymbol",
          "cuMemcpy",
          "cuMemcpyDtoH",
          "cuMemcpyHtoD",
          "urQueueFinish",
          "urEventWait",
          "zeEventHostSynchronize",
          "zeFenceHostSynchronize",
          "zeCommandQueueSynchronize");

  /// Real exports append the version of the entry point: `cudaLaunchKernel_v7000`,
  /// `cuMemcpyDtoH_v2`, and `_ptsz` for per-thread default streams.
  private static final Pattern SUFFIX = Pattern.compile("(_v\\d+|_ptsz|_spt)+$");

  public static ApiCall of(String exported) {
    // AMD's runtime has the same calls under names of its own.
    String name = bare(exported).replaceFirst("^hip(?=[A-Z])", "cuda");
    if (LAUNCHES.contains(name)) {
      return LAUNCH;
    }
    if (GRAPH_LAUNCHES.contains(name)) {
      return GRAPH_LAUNCH;
    }
    return WAITS.contains(name) ? WAIT : OTHER;
  }

  /// Whether a call of this name copies and may block the host until the device is done.
  public static boolean mayBlock(String exported) {
    return exported.contains("Memcpy");
  }

  public static String bare(String exported) {
    return SUFFIX.matcher(exported).replaceFirst("");
  }

  public boolean launches() {
    return this == LAUNCH || this == GRAPH_LAUNCH;
  }
}
