package hostperf.profile;

/// Where a profiled launch leaves its reports.
sealed interface Reports permits RankReports, ProcessReports {
  Launch.ProfileFiles collected();
}
