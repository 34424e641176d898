package io.sesoperator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiRequestsTest {

  private static final int MOST_WRITES = 8;
  private static final int MOST_PATIENT_WRITES = 4;

  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.empty()).build();
  private final ApiRequests requests = new ApiRequests(client);
  private final CountDownLatch answers = new CountDownLatch(1);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void makesOnlyAFewWritesAtOnce() {
    try (ExecutorService passes = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500).forEach(_ -> passes.submit(() -> requests.write(this::awaitAnswer)));
      Awaitility.await().until(() -> underWay.get() == MOST_WRITES);
      answers.countDown();
    }

    assertThat(answered).hasValue(500);
    assertThat(mostUnderWay.get()).isLessThanOrEqualTo(MOST_WRITES);
  }

  @Test
  void makesNoMoreRequestsAtOnceThanOneConnectionCarries() {
    try (ExecutorService passes = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500)
          .forEach(_ -> {
            passes.submit(() -> requests.read(this::awaitAnswer));
            passes.submit(() -> requests.write(this::awaitAnswer));
            passes.submit(() -> requests.writePatiently(this::awaitAnswer));
          });
      Awaitility.await().until(() -> underWay.get() == 52);
      answers.countDown();
    }

    assertThat(answered).hasValue(1500);
    assertThat(mostUnderWay.get()).isLessThan(100);
  }

  @Test
  void writesWhilePatientWritesQueueUp() {
    try (ExecutorService passes = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500)
          .forEach(_ -> passes.submit(() -> requests.writePatiently(this::awaitAnswer)));
      Awaitility.await().until(() -> underWay.get() == MOST_PATIENT_WRITES);

      assertThat(requests.<String>write(_ -> "written")).isEqualTo("written");
      assertThat(answered).hasValue(0);

      answers.countDown();
    }
  }

  @Test
  void readsWhileWritesQueueUp() {
    try (ExecutorService passes = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 500).forEach(_ -> passes.submit(() -> requests.write(this::awaitAnswer)));
      Awaitility.await().until(() -> underWay.get() == MOST_WRITES);

      assertThat(requests.<String>read(_ -> "read")).isEqualTo("read");
      assertThat(answered).hasValue(0);

      answers.countDown();
    }
  }

  @Test
  void makesRoomAfterAFailure() {
    for (int i = 0; i < 100; i++) {
      assertThat(attempt()).isEqualTo("failed");
    }
  }

  private String attempt() {
    try {
      return requests.read(_ -> {
        throw new IllegalStateException("failed");
      });
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  private boolean awaitAnswer(KubernetesClient ignored) {
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      answers.await();
      answered.incrementAndGet();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      underWay.decrementAndGet();
    }
  }
}
