package dev.ringmaster.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The layering of ARCHITECTURE.md, read by the build.
class LayersTest {
  private static final String ROOT = "dev.ringmaster.";

  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "ring", Set.of(),
          "server", Set.of(),
          "fleet", Set.of("ring"),
          "queue", Set.of("ring"),
          "gateway", Set.of("fleet", "queue", "ring"),
          "console", Set.of("gateway", "fleet", "queue", "ring"),
          "lab", Set.of("gateway", "fleet", "ring"),
          "app", Set.of("console", "lab", "gateway", "fleet", "queue", "server", "ring"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.ringmaster");

  @Test
  void everyRoomUsesOnlyWhatStandsBelowIt() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass user : CLASSES) {
      Set<String> allowed = MAY_USE.get(roomOf(user));
      assertThat(allowed).as("a room for %s", user.getName()).isNotNull();
      for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
        String used = roomOf(dependency.getTargetClass());
        if (!used.isEmpty() && !used.equals(roomOf(user)) && !allowed.contains(used)) {
          wrong.add(dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theRingDependsOnHash4jAlone() {
    Set<String> allowed = Set.of("java.", "com.dynatrace.hash4j.", "org.jspecify.", ROOT + "ring");
    List<String> wrong = new ArrayList<>();
    for (JavaClass user :
        CLASSES.that(DescribedPredicate.describe("ring", c -> roomOf(c).equals("ring")))) {
      for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
        JavaClass used = dependency.getTargetClass().getBaseComponentType();
        if (!used.isPrimitive() && allowed.stream().noneMatch(used.getName()::startsWith)) {
          wrong.add(dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noPackagesFormACycle() {
    slices().matching("dev.ringmaster.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noPackageUsesItsParent() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass user : CLASSES) {
      for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
        String used = dependency.getTargetClass().getPackageName();
        if (used.startsWith(ROOT) && user.getPackageName().startsWith(used + ".")) {
          wrong.add(dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /// The first package below the root; empty for classes that are not ours.
  private static String roomOf(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    if (!name.startsWith(ROOT)) {
      return "";
    }
    String below = name.substring(ROOT.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
