package hostperf.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import hostperf.agent.Outcome;
import hostperf.agent.TraceOutcome;
import hostperf.report.FlatFields;
import hostperf.report.UntrustedText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// Outcomes as JSON: the structured content of an answer and the output of `--json`.
///
/// Field names are the record components in snake_case, absent optionals are left out, numbers are
/// given to ten significant digits, which is more than any measurement here has and keeps the noise
/// of binary fractions out of answers.
public final class Structured {
  private static final MathContext DIGITS = new MathContext(10);

  /// As the schemas spell them.
  private static final class Spelling extends PropertyNamingStrategies.NamingBase {
    private static final long serialVersionUID = 1;

    @Override
    public String translate(String component) {
      return WireNames.snake(component);
    }
  }

  private Structured() {}

  /// The answer's fields in the order of their components.
  public static Map<String, Object> of(Outcome outcome) {
    return switch (outcome) {
      case TraceOutcome.Detected o -> flat(o.answer(), o);
      case TraceOutcome.Compared o -> flat(o.answer(), o);
      case Outcome.JobReport o -> job(o);
      case Outcome o -> fields(o);
    };
  }

  /// The answer is there as `result`, by the same rules.
  private static Map<String, Object> job(Outcome.JobReport report) {
    var fields = fields(report);
    fields.remove("answer");
    return fields;
  }

  /// Any record of ours by the same rules.
  public static Map<String, Object> fields(Object record) {
    return Mapper.JSON.convertValue(record, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  public static String json(Object fields) {
    return Mapper.JSON.writeValueAsString(fields);
  }

  private static Map<String, Object> flat(Object figures, Outcome outcome) {
    var fields = fields(figures);
    fields.put("next", fields(outcome).get("next"));
    return fields;
  }

  /// Made when the first answer is: a server starts without it.
  private static final class Mapper {
    private static final JsonMapper JSON =
        JsonMapper.builder()
            .propertyNamingStrategy(new Spelling())
            .annotationIntrospector(new FlatFields())
            .changeDefaultPropertyInclusion(
                i -> i.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addModule(
                new SimpleModule()
                    .addSerializer(Double.class, new Rounded())
                    .addSerializer(double.class, new Rounded())
                    .addSerializer(Enum.class, new Spelled())
                    .addSerializer(String.class, new Plain()))
            .build();

    private Mapper() {}
  }

  private static final class Rounded extends ValueSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializationContext context) {
      if (value.isNaN() || value.isInfinite()) {
        out.writeNull();
      } else {
        out.writeNumber(new BigDecimal(value).round(DIGITS).stripTrailingZeros());
      }
    }
  }

  /// Names and lines in an answer come from anywhere.
  private static final class Plain extends ValueSerializer<String> {
    @Override
    public void serialize(String value, JsonGenerator out, SerializationContext context) {
      out.writeString(UntrustedText.plain(value));
    }
  }

  @SuppressWarnings("rawtypes") // one serializer for every enum
  private static final class Spelled extends ValueSerializer<Enum> {
    @Override
    public void serialize(Enum value, JsonGenerator out, SerializationContext context) {
      out.writeString(WireNames.spelled(value));
    }
  }
}
