package dev.ringmaster.fleet.docker;

import dev.ringmaster.fleet.runtime.StartFailure;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips the tests of a class where no Docker engine answers.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {

  /// Asks the engine, once for each class.
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      try (Engine engine = Engine.at(DockerSettings.ENGINE)) {
        return ConditionEvaluationResult.enabled("an engine answers at " + engine.at());
      } catch (StartFailure silent) {
        return ConditionEvaluationResult.disabled(silent.getMessage());
      }
    }
  }
}
