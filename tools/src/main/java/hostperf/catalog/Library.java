package hostperf.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The texts that come with hostperf, each read when first asked for.
public final class Library {
  private final Path root;
  private final Supplier<References> references;
  private final Supplier<Prompts> prompts;
  private final Supplier<Skill> skill;
  private final Supplier<Catalog> catalog;
  private final Supplier<TargetMaps> targets;
  private final Supplier<NvtxRanges> ranges;
  private final Supplier<List<TypeHead>> types;

  /// @param root the folder that holds references/, prompts/ and skills/
  public Library(Path root) {
    this.root = root;
    this.references = once(References::new, "references");
    this.prompts = once(Prompts::new, "prompts");
    this.skill = once(folder -> new Skill(folder, references()), "skills/reduce-host-overhead");
    this.catalog = once(Catalog::read, "references");
    this.targets = once(TargetMaps::read, "references");
    this.ranges = once(NvtxRanges::read, "references");
    this.types = once(TypeHead::read, "references");
  }

  /// The folder all of this lies in.
  public Path root() {
    return root;
  }

  public References references() {
    return references.get();
  }

  public Prompts prompts() {
    return prompts.get();
  }

  public Skill skill() {
    return skill.get();
  }

  public Catalog catalog() {
    return catalog.get();
  }

  public TargetMaps targets() {
    return targets.get();
  }

  public NvtxRanges ranges() {
    return ranges.get();
  }

  /// The heads of the hotspot types.
  public List<TypeHead> types() {
    return types.get();
  }

  private <T> Supplier<T> once(Function<Path, T> read, String folder) {
    return new Supplier<>() {
      private Optional<T> value = Optional.empty();

      @Override
      public synchronized T get() {
        if (value.isEmpty()) {
          value = Optional.of(read.apply(root.resolve(folder)));
        }
        return value.get();
      }
    };
  }
}
