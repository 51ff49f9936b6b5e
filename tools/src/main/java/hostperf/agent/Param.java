package hostperf.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one component of a tool's input record, in words for an agent.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  String value();

  /// The argument's name where it cannot be a Java name, such as `new`.
  String name() default "";

  /// Of a free-form object: the fields that it may have. Some clients refuse one without any.
  String[] keys() default {};
}
