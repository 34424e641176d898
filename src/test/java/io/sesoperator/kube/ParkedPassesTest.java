package io.sesoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sesoperator.api.SmtpCredential;
import io.sesoperator.testing.FullObjects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pass is a thread of its own, and thousands wait for their turn to write a status. */
class ParkedPassesTest {

  private static final int PASSES = 2000;

  /** Jackson's buffers for one thread are 16 KiB and more. */
  private static final long MOST_EACH = 4096;

  private final KubernetesSerialization json = KubernetesJson.create();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void goOn() {
    end.countDown();
  }

  @Test
  void holdNoBuffersOfWhatTheyReadAndWrote() throws InterruptedException {
    park(100); // what is loaded once
    final long before = live();

    park(PASSES);

    assertThat((live() - before) / PASSES).isLessThan(MOST_EACH);
  }

  private void park(int passes) throws InterruptedException {
    CountDownLatch parked = new CountDownLatch(passes);
    IntStream.range(0, passes)
        .forEach(_ ->
            Thread.ofVirtual()
                .start(() -> {
                  json.unmarshal(json.asJson(FullObjects.both().getFirst()), SmtpCredential.class);
                  parked.countDown();
                  await(end);
                }));
    parked.await();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long live() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
