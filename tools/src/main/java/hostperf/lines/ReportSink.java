package hostperf.lines;

/// Gets what a report holds, piece by piece.
interface ReportSink {
  void function(FunctionProfile function);

  void timer(FunctionTimer timer);
}
