package hostperf.report;

import hostperf.Flat;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.util.NameTransformer;

/// Writes the components of a `@Flat` component beside the others.
public final class FlatFields extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public NameTransformer findUnwrappingNameTransformer(
      MapperConfig<?> config, AnnotatedMember member) {
    return _findAnnotation(member, Flat.class) != null
        ? NameTransformer.NOP
        : super.findUnwrappingNameTransformer(config, member);
  }
}
