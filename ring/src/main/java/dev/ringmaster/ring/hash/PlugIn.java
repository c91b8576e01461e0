package dev.ringmaster.ring.hash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A hash function of someone else's: a class named in the settings, from a jar or the class path.
final class PlugIn {
  private PlugIn() {}

  /// An instance of a class.
  ///
  /// @param jar null: the class is on the class path
  /// @throws IllegalArgumentException says which of these it was: no such jar, no such class, not a
  ///   [HashFunction], no public constructor without arguments, a constructor that throws
  static HashFunction load(String className, @Nullable Path jar) {
    String where = jar == null ? "the class path" : "the hash jar " + jar;
    Class<?> found = find(className, jar, where);
    if (!HashFunction.class.isAssignableFrom(found)) {
      throw new IllegalArgumentException(
          "class " + className + " in " + where + " does not implement " + interfaceName());
    }
    try {
      return found.asSubclass(HashFunction.class).getConstructor().newInstance();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "class "
              + className
              + " in "
              + where
              + " is not public with a public constructor"
              + " without arguments",
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "the constructor of class " + className + " in " + where + " threw " + e.getCause(), e);
    }
  }

  private static Class<?> find(String className, @Nullable Path jar, String where) {
    ClassLoader loader =
        jar == null ? HashFunction.class.getClassLoader() : loaderOf(jar, className);
    try {
      return Class.forName(className, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("class " + className + " is not in " + where, e);
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "class " + className + " in " + where + " cannot be loaded: " + e, e);
    }
  }

  /// The loader stays open as long as its classes are in use, which is as long as the program runs:
  /// a plug-in may load more of its classes at any time.
  private static URLClassLoader loaderOf(Path jar, String className) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException(
          "the hash jar " + jar + " for class " + className + " does not exist");
    }
    try {
      URL[] place = {jar.toUri().toURL()};
      return new URLClassLoader(place, HashFunction.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException("the hash jar " + jar + " has no URL", e);
    }
  }

  private static String interfaceName() {
    return HashFunction.class.getName();
  }
}
