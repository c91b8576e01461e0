package dev.ringmaster.ring.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.dynatrace.hash4j.hashing.ByteAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stranger's jar, compiled here.
class PlugInTest {
  private static final String BODY =
      """
      public String name() { return "length"; }
      public <T> long hash(T b, long o, long n, com.dynatrace.hash4j.hashing.ByteAccess<T> a) {
        return n * Factor.FACTOR;
      }
      """;

  @TempDir static Path directory;
  static Path jar = Path.of("");

  @BeforeAll
  static void aStrangersJar() throws IOException {
    String head = "package stranger; public class ";
    String implementing = " implements dev.ringmaster.ring.hash.HashFunction {" + BODY;
    String failing = "throw new IllegalStateException(\"no entropy\");";
    compile(
        Map.of(
            "Factor", "package stranger; final class Factor { static int FACTOR = 1000 / 10; }",
            "Length", head + "Length" + implementing + "}",
            "Plain", head + "Plain {}",
            "Picky", head + "Picky" + implementing + "public Picky(int seed) {} }",
            "Hidden", "package stranger; class Hidden" + implementing + "}",
            "Broken", head + "Broken" + implementing + "public Broken() { " + failing + " } }"));
    jar = directory.resolve("stranger.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (String name : List.of("Factor", "Length", "Plain", "Picky", "Hidden", "Broken")) {
        entries.putNextEntry(new JarEntry("stranger/" + name + ".class"));
        entries.write(Files.readAllBytes(directory.resolve("stranger/" + name + ".class")));
        entries.closeEntry();
      }
    }
  }

  @Test
  void aClassFromAJarHashes() {
    HashFunction length = HashFunction.named("class:stranger.Length", new byte[0], jar);
    assertThat(length.name()).isEqualTo("length");
    assertThat(length.hash("four")).isEqualTo(400);
  }

  @Test
  void aClassOnTheClassPathNeedsNoJar() {
    String name = "class:" + OnClassPath.class.getName();
    assertThat(HashFunction.named(name, new byte[0], null).hash("any")).isEqualTo(7);
  }

  @Test
  void aMissingJarIsNamed() {
    assertRefused("stranger.Length", directory.resolve("none.jar"), "none.jar", "does not exist");
  }

  @Test
  void aFileThatIsNoJarHasNoSuchClass() throws IOException {
    Path text = Files.writeString(directory.resolve("text.jar"), "not a jar");
    assertRefused("stranger.Length", text, "stranger.Length", "is not in the hash jar");
  }

  @Test
  void aMissingClassIsNamed() {
    assertRefused("stranger.None", jar, "stranger.None is not in the hash jar", "stranger.jar");
  }

  @Test
  void aClassOfAnotherKindIsRefused() {
    assertRefused("stranger.Plain", jar, "does not implement", HashFunction.class.getName());
  }

  @Test
  void aClassWithoutTheConstructorIsRefused() {
    assertRefused("stranger.Picky", jar, "stranger.Picky", "public constructor without arguments");
    assertRefused("stranger.Hidden", jar, "stranger.Hidden", "is not public");
  }

  @Test
  void aConstructorThatThrowsIsQuoted() {
    assertRefused("stranger.Broken", jar, "constructor of class stranger.Broken", "no entropy");
  }

  /// A function that strangers put on the class path.
  public static final class OnClassPath implements HashFunction {
    @Override
    public String name() {
      return "seven";
    }

    @Override
    public <T> long hash(T bytes, long offset, long length, ByteAccess<T> access) {
      return 7;
    }
  }

  private static void assertRefused(String className, Path jar, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HashFunction.named("class:" + className, new byte[0], jar))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private static void compile(Map<String, String> sources) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of("-d", directory.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = directory.resolve(source.getKey() + ".java");
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(failed).isZero();
  }
}
