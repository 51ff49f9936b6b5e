package hostperf.propose;

import hostperf.classify.Hotspot;
import hostperf.patch.Edit;
import java.nio.file.Path;
import java.util.List;

/// Writes the edit of an option that no fixed shape fits: a language model, where one is
/// configured. What it writes is a suggestion; whoever asks judges it like anybody's patch.
public interface Drafter {

  /// What is to be written.
  ///
  /// @param source the file's text of the hotspot's function, as it is
  /// @param page the pattern's entry in the catalogue
  /// @param transcript file that the exchange is appended to
  record Task(Hotspot hotspot, Option option, String source, String page, Path transcript) {}

  /// An earlier answer to the same task, and why it was not taken.
  record Refused(List<Edit> edits, String why) {
    public Refused {
      edits = List.copyOf(edits);
    }
  }

  /// What came back.
  sealed interface Answer {
    /// Edits to apply in order.
    record Written(List<Edit> edits, String summary) implements Answer {
      public Written {
        edits = List.copyOf(edits);
      }
    }

    /// No edits for this task: the model sees no safe one, or cannot be made to write one.
    record Nothing(String why) implements Answer {}

    /// No answer can be had for any task now: endpoint, key, budget.
    record Unavailable(String why) implements Answer {}
  }

  /// Whether there is a model to ask.
  boolean isThere();

  /// Asks for the task's edit.
  ///
  /// @param before earlier answers, oldest first
  Answer draft(Task task, List<Refused> before);

  /// No model is configured.
  Drafter NONE =
      new Drafter() {
        @Override
        public boolean isThere() {
          return false;
        }

        @Override
        public Answer draft(Task task, List<Refused> before) {
          return new Answer.Unavailable("no model is configured");
        }
      };
}
