package dev.ringmaster.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The shape of one method as its source shows it.
///
/// @param where file, line and name, for messages
/// @param path the file it stands in
/// @param lines from its first to its last line; 0 if it has no body
/// @param depth how deep control structures nest in it
/// @param parameters how many it takes; a record's components do not count, nor those of a method
///   that overrides another, whose declaration is the one to judge
record Shape(String where, String path, int lines, int depth, int parameters) {

  /// The shapes of all methods in the given files, read by the JDK's own parser.
  static List<Shape> of(List<SourceFile> files) {
    Path root = SourceFile.root();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> paths = files.stream().map(file -> root.resolve(file.path())).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(paths));
      List<Shape> shapes = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        new Reader(root, unit, Trees.instance(task).getSourcePositions(), shapes).scan(unit, null);
      }
      return shapes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Reader extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final String path;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Shape> shapes;
    private int depth;
    private int deepest;
    private boolean inRecord;

    Reader(Path root, CompilationUnitTree unit, SourcePositions positions, List<Shape> shapes) {
      this.path = root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
      this.unit = unit;
      this.positions = positions;
      this.shapes = shapes;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      boolean outer = inRecord;
      inRecord = type.getKind() == Tree.Kind.RECORD;
      super.visitClass(type, null);
      inRecord = outer;
      return null;
    }

    private static boolean overrides(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      int outerDepth = depth;
      int outerDeepest = deepest;
      depth = 0;
      deepest = 0;
      super.visitMethod(method, null);
      LineMap map = unit.getLineMap();
      long first = map.getLineNumber(positions.getStartPosition(unit, method));
      BlockTree body = method.getBody();
      long last =
          body == null ? first - 1 : map.getLineNumber(positions.getEndPosition(unit, body));
      boolean components = inRecord && method.getName().contentEquals("<init>");
      int parameters = components || overrides(method) ? 0 : method.getParameters().size();
      String where = path + ":" + first + " " + method.getName();
      shapes.add(new Shape(where, path, (int) (last - first + 1), deepest, parameters));
      depth = outerDepth;
      deepest = outerDeepest;
      return null;
    }

    private void nested(Runnable inside) {
      depth++;
      deepest = Math.max(deepest, depth);
      inside.run();
      depth--;
    }

    @Override
    public @Nullable Void visitIf(IfTree tree, @Nullable Void nothing) {
      scan(tree.getCondition(), null);
      nested(() -> scan(tree.getThenStatement(), null));
      if (tree.getElseStatement() instanceof IfTree elseIf) {
        return visitIf(elseIf, null);
      }
      nested(() -> scan(tree.getElseStatement(), null));
      return null;
    }

    @Override
    public @Nullable Void visitForLoop(ForLoopTree tree, @Nullable Void nothing) {
      nested(() -> super.visitForLoop(tree, null));
      return null;
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void nothing) {
      nested(() -> super.visitEnhancedForLoop(tree, null));
      return null;
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void nothing) {
      nested(() -> super.visitWhileLoop(tree, null));
      return null;
    }

    @Override
    public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void nothing) {
      nested(() -> super.visitDoWhileLoop(tree, null));
      return null;
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
      nested(() -> super.visitSwitch(tree, null));
      return null;
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
      nested(() -> super.visitSwitchExpression(tree, null));
      return null;
    }

    @Override
    public @Nullable Void visitTry(TryTree tree, @Nullable Void nothing) {
      nested(() -> super.visitTry(tree, null));
      return null;
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void nothing) {
      nested(() -> super.visitSynchronized(tree, null));
      return null;
    }
  }
}
