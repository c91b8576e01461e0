package dev.ringmaster.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The rules of CONTRIBUTING.md that a machine can check. They only get stricter.
class HouseRulesTest {
  private static final int FILE_CAP_LINES = 600;
  private static final int FILE_MEDIAN_LINES = 100;
  private static final int FILE_P90_LINES = 350;
  private static final int METHOD_CAP_LINES = 60;
  private static final int METHOD_P90_LINES = 22;

  /// With its signature and its closing brace.
  private static final int METHOD_MEDIAN_LINES = 6;

  private static final int NESTING_CAP = 3;
  private static final int PARAMETER_CAP = 5;

  private static final Pattern EMPTY_NAMES =
      Pattern.compile("(Abstract|Base)[A-Z].*|.*(Impl|Manager|Helper|Utils?)");
  private static final Pattern SELLING =
      Pattern.compile(
          "(?i)\\b(blazing|seamless|robust|comprehensive|cutting.edge|powerful|effortless"
              + "|state.of.the.art|next.generation|world.class|simply|easily|lightning)\\b");
  private static final Pattern LEFTOVER =
      Pattern.compile(
          "\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b|@Dis" + "abled|@Ign" + "ore");
  private static final Pattern BANNER = Pattern.compile("^\\s*//+\\s*[-=*#~─]{3,}.*");
  private static final Pattern STEP = Pattern.compile("`([A-Z][A-Za-z]+)#([a-zA-Z]+)`");

  private static final List<SourceFile> JAVA = SourceFile.java();
  private static final List<Shape> SHAPES = Shape.of(JAVA);

  @Test
  void filesStayReadable() {
    assertThat(where(JAVA, file -> file.lines().size() > FILE_CAP_LINES)).isEmpty();
    List<Integer> sizes = sorted(mainFiles().stream().map(file -> file.lines().size()).toList());
    assertThat(percentile(sizes, 50))
        .as("median lines a file")
        .isLessThanOrEqualTo(FILE_MEDIAN_LINES);
    assertThat(percentile(sizes, 90)).as("p90 lines a file").isLessThanOrEqualTo(FILE_P90_LINES);
  }

  @Test
  void methodsStayReadable() {
    assertThat(shapes(shape -> shape.lines() > METHOD_CAP_LINES)).isEmpty();
    List<Integer> sizes =
        sorted(
            SHAPES.stream()
                .filter(shape -> shape.path().contains("/src/main/") && shape.lines() > 0)
                .map(Shape::lines)
                .toList());
    assertThat(percentile(sizes, 50))
        .as("median lines a method")
        .isLessThanOrEqualTo(METHOD_MEDIAN_LINES);
    assertThat(percentile(sizes, 90))
        .as("p90 lines a method")
        .isLessThanOrEqualTo(METHOD_P90_LINES);
  }

  @Test
  void controlStructuresNestThreeDeepAtMost() {
    assertThat(shapes(shape -> shape.depth() > NESTING_CAP)).isEmpty();
  }

  @Test
  void manyParametersBecomeARecord() {
    assertThat(
            shapes(
                shape -> shape.parameters() > PARAMETER_CAP && shape.path().contains("/src/main/")))
        .isEmpty();
  }

  @Test
  void typeNamesSaySomething() {
    assertThat(where(JAVA, file -> EMPTY_NAMES.matcher(file.typeName()).matches())).isEmpty();
    assertThat(where(JAVA, file -> file.path().matches(".*/(util|utils|common)/.*"))).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() {
    Set<String> folders = new TreeSet<>();
    Set<String> described = new TreeSet<>();
    for (SourceFile file : mainFiles()) {
      String folder = file.path().substring(0, file.path().lastIndexOf('/'));
      folders.add(folder);
      if (file.typeName().equals("package-info")) {
        assertThat(file.text()).as(file.path()).contains("@NullMarked");
        assertThat(file.lines().getFirst()).as(file.path()).matches("/// .+");
        described.add(folder);
      }
    }
    assertThat(described).isEqualTo(folders);
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(lines(JAVA, line -> LEFTOVER.matcher(line).find())).isEmpty();
    assertThat(lines(JAVA, line -> BANNER.matcher(line).matches())).isEmpty();
  }

  @Test
  void testsWaitForConditionsAndNeverForTime() {
    List<SourceFile> tests = JAVA.stream().filter(SourceFile::isTest).toList();
    assertThat(lines(tests, line -> line.contains("Thread." + "sleep"))).isEmpty();
  }

  @Test
  void theDataPathHasNoLocksAndNoStreams() {
    List<SourceFile> gateway =
        mainFiles().stream().filter(file -> file.path().startsWith("gateway/")).toList();
    assertThat(lines(gateway, line -> line.matches(".*\\bsynchronized\\b.*|.*\\.stream\\(\\).*")))
        .isEmpty();
    assertThat(lines(mainFiles(), line -> line.contains("ThreadLocal<"))).isEmpty();
  }

  @Test
  void everySuppressedWarningHasItsReason() {
    List<String> bare = new ArrayList<>();
    for (SourceFile file : JAVA) {
      for (int i = 1; i < file.lines().size(); i++) {
        boolean reasoned =
            file.lines().get(i).contains("//") || file.lines().get(i - 1).trim().startsWith("//");
        if (file.lines().get(i).contains("@Suppress" + "Warnings") && !reasoned) {
          bare.add(file.path() + ":" + (i + 1));
        }
      }
    }
    assertThat(bare).isEmpty();
  }

  @Test
  void documentsDoNotSell() {
    assertThat(lines(SourceFile.documents(), line -> SELLING.matcher(line).find())).isEmpty();
  }

  @Test
  void theLivesNameMethodsThatExist() {
    List<String> wrong = new ArrayList<>();
    for (SourceFile document : SourceFile.documents()) {
      Matcher step = STEP.matcher(document.text());
      while (step.find()) {
        if (!exists(step.group(1), step.group(2))) {
          wrong.add(document.path() + ": " + step.group());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean exists(String type, String method) {
    return SHAPES.stream()
        .anyMatch(shape ->
            shape.path().endsWith("/" + type + ".java")
                && shape.path().contains("/src/main/")
                && shape.where().endsWith(" " + method));
  }

  private static List<SourceFile> mainFiles() {
    return JAVA.stream().filter(SourceFile::isMain).toList();
  }

  private static List<String> where(List<SourceFile> files, Predicate<SourceFile> rule) {
    return files.stream().filter(rule).map(SourceFile::path).toList();
  }

  private static List<String> shapes(Predicate<Shape> rule) {
    return SHAPES.stream().filter(rule).map(Shape::toString).toList();
  }

  private static List<String> lines(List<SourceFile> files, Predicate<String> rule) {
    List<String> found = new ArrayList<>();
    for (SourceFile file : files) {
      for (int i = 0; i < file.lines().size(); i++) {
        if (rule.test(file.lines().get(i))) {
          found.add(file.path() + ":" + (i + 1) + ": " + file.lines().get(i).trim());
        }
      }
    }
    return found;
  }

  private static List<Integer> sorted(List<Integer> numbers) {
    return numbers.stream().sorted().toList();
  }

  private static int percentile(List<Integer> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
