package hostperf.classify;

import java.util.List;

/// All rules. To add one: write the class, name it here, and give it positive and negative cases.
final class Rules {
  static final List<Rule> ALL =
      List.of(
          new HostSyncRule(),
          new UploadRule(),
          new ImplicitSyncRule(),
          new SlowByClockRule(),
          new SyncRule(),
          new CustomOpRule(),
          new GraphBreakRule(),
          new AllocRule(),
          new HoistRule(),
          new SameEachCallRule(),
          new PyLoopRule(),
          new RedundantIterRule(),
          new SecondPassRule(),
          new DeadWorkRule(),
          new NeverRanRule(),
          new PaddingRule(),
          new OpaqueCallRule(),
          new ContainerRule(),
          new ContainerSearchRule(),
          new FunCallRule(),
          new BoundaryRule(),
          new EnumRule(),
          new CommRule(),
          new CalleeRule(),
          new GilRule(),
          new SerializeRule(),
          new GcRule(),
          new ComputeRule());

  private Rules() {}
}
