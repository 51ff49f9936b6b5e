package hostperf.journal;

import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.behaviour.Behaviour;
import hostperf.classify.Hotspot;
import hostperf.propose.Option;
import hostperf.propose.Proposal;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a run has found out, as sealed files in its folder: profiles, hotspots, options.
public final class Stored {
  private static final JsonMapper JSON = StrictJson.builder().build();

  private final RunFolder folder;

  public Stored(RunFolder folder) {
    this.folder = folder;
  }

  /// Hotspots as they were classified in one profile.
  record Hotspots(List<Hotspot> hotspots) {}

  /// The number of the next profile: validations take some of their own.
  public int nextProfile() {
    return IntStream.iterate(1, n -> n + 1)
        .filter(n -> !Files.exists(folder.file("profiles/p%d.json".formatted(n))))
        .findFirst()
        .orElseThrow();
  }

  /// Path of the file, relative to the run's folder.
  public String save(ProfileRecord profile) {
    return write("profiles/%s.json".formatted(profile.profileId()), profile);
  }

  public ProfileRecord profile(String profileId) {
    return findProfile(profileId)
        .orElseThrow(
            () ->
                new Refusal(
                    "There is no profile '%s' in this run.".formatted(profileId),
                    "Leave out `profile_id` for the latest, or call `profile`."));
  }

  /// Absent where its file is gone.
  public Optional<ProfileRecord> findProfile(String profileId) {
    return isId(profileId)
        ? read("profiles/%s.json".formatted(profileId), ProfileRecord.class)
        : Optional.empty();
  }

  /// The calls of a profile's steps, as the page shows them.
  public void saveCalls(String profileId, String calls) {
    var _ = folder.write("profiles/%s.calls.json".formatted(profileId), calls);
  }

  /// Absent where the profile has no stacks, or was not taken for a round.
  public Optional<String> calls(String profileId) {
    return isId(profileId)
        ? folder.find("profiles/%s.calls.json".formatted(profileId))
        : Optional.empty();
  }

  /// It comes from a caller and becomes part of a path.
  private static boolean isId(String profileId) {
    return profileId.matches("p\\d{1,9}");
  }

  public String save(String profileId, List<Hotspot> hotspots) {
    return write(hotspotsFile(profileId), new Hotspots(hotspots));
  }

  public static String hotspotsFile(String profileId) {
    return "profiles/%s.hotspots.json".formatted(profileId);
  }

  public List<Hotspot> hotspots(String profileId) {
    return isId(profileId)
        ? read(hotspotsFile(profileId), Hotspots.class).map(Hotspots::hotspots).orElse(List.of())
        : List.of();
  }

  /// The hotspot with this id; an unknown one is refused with those there are.
  public Hotspot hotspot(String profileId, String hotspotId) {
    var all = hotspots(profileId);
    return all.stream()
        .filter(h -> h.id().equals(hotspotId))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Profile %s has no hotspot '%s'; it has %s."
                        .formatted(
                            profileId,
                            hotspotId,
                            switch (all.size()) {
                              case 0 -> "none that were classified";
                              case 1 -> all.getFirst().id();
                              default -> all.getFirst().id() + " to " + all.getLast().id();
                            }),
                    "Call `classify` to see them."));
  }

  /// The hotspot that a change is aimed at, with the type that it went for.
  public Optional<Hotspot> target(Change.Origin origin) {
    return origin
        .profileId()
        .flatMap(profile -> origin.hotspotId().map(id -> hotspot(profile, id)))
        .map(h -> origin.word().map(w -> w.on(h)).orElse(h));
  }

  public String save(String profileId, String hotspotId, Proposal proposal) {
    return write(optionsFile(profileId, hotspotId), proposal);
  }

  public Optional<Proposal> proposal(String profileId, String hotspotId) {
    return read(optionsFile(profileId, hotspotId), Proposal.class);
  }

  /// The option that a change was made of, where it was made of one.
  public Optional<Option> option(Change.Origin origin) {
    return origin
        .profileId()
        .flatMap(profile -> origin.hotspotId().flatMap(id -> proposal(profile, id)))
        .flatMap(
            proposal ->
                proposal.options().stream()
                    .filter(o -> origin.optionId().filter(o.id()::equals).isPresent())
                    .findFirst());
  }

  /// The option with this id among those proposed last.
  public Option option(Event.Proposed proposed, String optionId) {
    var options =
        proposal(proposed.profileId(), proposed.hotspotId())
            .map(Proposal::options)
            .orElse(List.of());
    return options.stream()
        .filter(o -> o.id().equals(optionId))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Hotspot %s has no option '%s'; it has %s."
                        .formatted(
                            proposed.hotspotId(),
                            optionId,
                            options.stream().map(Option::id).collect(Collectors.joining(", "))),
                    "Call `propose_options` with hotspot_id %s to see them."
                        .formatted(proposed.hotspotId())));
  }

  public String save(String patchId, ValidationRecord record) {
    return write(validationFile(patchId), record);
  }

  public ValidationRecord validation(String patchId) {
    return findValidation(patchId)
        .orElseThrow(() -> new IllegalStateException("no validation of " + patchId));
  }

  /// The measurement of this name, when it has been made.
  public Optional<ValidationRecord> findValidation(String name) {
    return read(validationFile(name), ValidationRecord.class);
  }

  private static String validationFile(String patchId) {
    return "samples/%s.json".formatted(patchId);
  }

  public String save(String patchId, Behaviour behaviour) {
    return write(behaviourFile(patchId), behaviour);
  }

  /// Whether a patch does the same as its base; empty where that was not looked at.
  public Optional<Behaviour> behaviour(String patchId) {
    return read(behaviourFile(patchId), Behaviour.class);
  }

  private static String behaviourFile(String patchId) {
    return "samples/%s.behaviour.json".formatted(patchId);
  }

  /// Keeps a patch before it is applied.
  public void saveDiff(String patchId, String diff) {
    var _ = folder.write(diffFile(patchId), diff);
  }

  /// The patch as it was applied, as a unified diff.
  public String diff(String patchId) {
    return folder.read(diffFile(patchId));
  }

  private static String diffFile(String patchId) {
    return "patches/%s.diff".formatted(patchId);
  }

  private static String optionsFile(String profileId, String hotspotId) {
    return "profiles/%s.%s.options.json".formatted(profileId, hotspotId);
  }

  private String write(String file, Object value) {
    var _ = folder.write(file, JSON.writeValueAsString(value));
    return file;
  }

  private <T> Optional<T> read(String file, Class<T> type) {
    try {
      return folder.find(file).map(text -> JSON.readValue(text, type));
    } catch (JacksonException e) {
      throw new Refusal(
          "%s of this run cannot be read: another version of hostperf wrote it, or it is damaged."
              .formatted(file),
          "Read the run with the version that began it, put the file back from a copy, or call"
              + " `profile` to go on with a new one.",
          e);
    }
  }
}
