package io.sesoperator.bench;

import io.sesoperator.bench.Editor.Edit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Changes the Secrets of a fleet one after the other, round and round, until it is closed. */
final class Churn implements AutoCloseable {

  private final List<Edit> edits = new CopyOnWriteArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread writer;

  /** Begins at once. */
  Churn(Editor editor, int size, int firstRound, Duration interval) {
    Pace pace = Pace.every(interval);
    this.writer =
        Thread.startVirtualThread(() -> {
          for (int made = 0; !over.get(); made++) {
            pace.next();
            edits.add(editor.edit(made % size, firstRound + made / size));
          }
        });
  }

  /** All changes so far, in their order. */
  List<Edit> edits() {
    return edits;
  }

  /** Returns after the last change. */
  @Override
  public void close() {
    over.set(true);
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
