package dev.ringmaster.fleet.docker;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One streamed answer of the engine, from its opening to its end.
///
/// @param <T> what it is a stream of
final class Stream<T> implements ResultCallback<T> {
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Consumer<T> listener;
  private volatile @Nullable Closeable response;

  /// @param listener hears of each element, on a thread of docker-java's
  Stream(Consumer<T> listener) {
    this.listener = listener;
  }

  /// Done when the engine has begun to answer; fails if it never does.
  CompletableFuture<Void> opened() {
    return opened;
  }

  /// Done when no more can come, for whatever reason.
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void onStart(Closeable response) {
    this.response = response;
    opened.complete(null);
  }

  @Override
  public void onNext(T element) {
    listener.accept(element);
  }

  @Override
  public void onError(Throwable broken) {
    opened.completeExceptionally(broken);
    ended.complete(null);
  }

  @Override
  public void onComplete() {
    opened.completeExceptionally(new IOException("the engine's stream ended before it began"));
    ended.complete(null);
  }

  @Override
  public void close() {
    Closeable open = response;
    if (open != null) {
      try {
        open.close();
      } catch (IOException gone) {
        // The stream is at its end, which was wanted.
      }
    }
  }
}
