package hostperf.server.model;

import java.util.List;

/// Asks a model once; the whole conversation goes along each time.
public interface Chat {
  ModelReply ask(List<Turn> turns, List<Tooling> tools);
}
