package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Recorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private static final int CAPACITY = 1024;

    private final EventFeeds feeds = new EventFeeds();
    private final List<SocketEvent> heard = new ArrayList<>();
    /** Tasks that a thread would run some time. */
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();

    private static SocketEvent event(int number) {
        return new SocketEvent.Listening("event " + number);
    }

    private void publish(int from, int to) {
        for (var i = from; i < to; i++) {
            feeds.publish(event(i));
        }
    }

    private void runLater() {
        for (var task = later.poll(); task != null; task = later.poll()) {
            task.run();
        }
    }

    private EventFeed add(Consumer<? super SocketEvent> listener, Executor executor) {
        return feeds.add(listener, executor, Runnable::run);
    }

    @Test
    void eventsComeInOrder() {
        add(heard::add, later::add);
        publish(0, 3);
        assertThat(heard).as("not on the thread that publishes").isEmpty();
        runLater();
        publish(3, 5);
        runLater();

        assertThat(heard).containsExactly(event(0), event(1), event(2), event(3), event(4));
    }

    @Test
    void deliveryIsScheduledOnce() {
        add(heard::add, later::add);
        publish(0, 100);

        assertThat(later).hasSize(1);
    }

    @Test
    void everyListenerHearsAll() {
        var others = new ArrayList<SocketEvent>();
        add(heard::add, later::add);
        add(others::add, later::add);
        publish(0, 10);
        runLater();

        assertThat(heard).hasSize(10).isEqualTo(others);
    }

    @Test
    void slowListenerLosesEventsAndIsToldHowMany() {
        add(heard::add, later::add);
        publish(0, CAPACITY + 10);
        runLater();

        assertThat(heard).hasSize(CAPACITY + 1);
        assertThat(heard.get(0)).isEqualTo(event(0));
        assertThat(heard).contains(event(CAPACITY - 1)).doesNotContain(event(CAPACITY));
        assertThat(heard)
                .filteredOn(SocketEvent.EventsLost.class::isInstance)
                .extracting(lost -> ((SocketEvent.EventsLost) lost).count())
                .containsExactly(10L);
    }

    @Test
    void slowListenerHearsOfWhatComesAfterwards() {
        add(heard::add, later::add);
        publish(0, CAPACITY + 10);
        runLater();
        heard.clear();
        publish(5000, 5001);
        runLater();

        assertThat(heard).containsExactly(event(5000));
    }

    @Test
    void slowListenerHoldsNobodyElseUp() {
        var slow = new ArrayList<SocketEvent>();
        add(slow::add, task -> {});
        add(heard::add, Runnable::run);
        publish(0, 3 * CAPACITY);

        assertThat(heard).hasSize(3 * CAPACITY);
        assertThat(slow).isEmpty();
    }

    @Test
    void listenerThatThrowsHearsTheNextEvent() {
        add(
                event -> {
                    heard.add(event);
                    throw new IllegalStateException("on purpose");
                },
                Runnable::run);
        publish(0, 3);

        assertThat(heard).hasSize(3);
    }

    @Test
    void closedFeedHearsNothingMore() {
        var feed = add(heard::add, later::add);
        publish(0, 3);
        feed.close();
        publish(3, 6);
        runLater();

        assertThat(heard).isEmpty();
    }

    @Test
    void listenerMayCloseItsOwnFeed() {
        var feed = new EventFeed[1];
        feed[0] = add(
                event -> {
                    heard.add(event);
                    feed[0].close();
                },
                later::add);
        publish(0, 3);
        runLater();

        assertThat(heard).containsExactly(event(0));
    }

    @Test
    void executorThatIsShutDownForAWhileIsTriedAgain() {
        var isOpen = new boolean[1];
        Executor executor = task -> {
            if (!isOpen[0]) {
                throw new RejectedExecutionException("on purpose");
            }
            task.run();
        };
        add(heard::add, executor);
        publish(0, 1);
        assertThat(heard).isEmpty();
        isOpen[0] = true;
        publish(1, 2);

        assertThat(heard).containsExactly(event(0), event(1));
    }

    @Test
    void listenerThatThrowsAnErrorHearsTheNextEvent() {
        add(
                event -> {
                    heard.add(event);
                    throw new StackOverflowError("on purpose");
                },
                Runnable::run);
        publish(0, 3);

        assertThat(heard).hasSize(3);
    }

    @Test
    void whoPublishesHearsNothingOfAnExecutorThatThrows() {
        var opens = new boolean[1];
        add(heard::add, task -> {
            if (!opens[0]) {
                throw new NoClassDefFoundError("on purpose");
            }
            task.run();
        });
        publish(0, 2);
        opens[0] = true;
        publish(2, 3);

        assertThat(heard).containsExactly(event(0), event(1), event(2));
    }

    @Test
    void whatDoesNotFitWhileTheExecutorRefusesIsToldWhenItTakesTasksAgain() {
        var opens = new boolean[1];
        add(heard::add, task -> {
            if (!opens[0]) {
                throw new RejectedExecutionException("on purpose");
            }
            task.run();
        });
        publish(0, CAPACITY + 10);
        assertThat(heard).isEmpty();
        opens[0] = true;
        publish(CAPACITY + 10, CAPACITY + 11);

        assertThat(heard).hasSize(CAPACITY + 1).first().isEqualTo(event(0));
        assertThat(heard).contains(new SocketEvent.EventsLost("event 0", 11));
    }

    @Test
    void executorThatThrowsAfterItHasRunTheTaskDeliversOnce() {
        add(heard::add, task -> {
            task.run();
            throw new IllegalStateException("on purpose");
        });
        publish(0, 3);

        assertThat(heard).containsExactly(event(0), event(1), event(2));
    }

    @Test
    void executorThatForgotItsTaskGetsAnotherWhenTheQueueIsFull() {
        var forgets = new boolean[] {true};
        add(heard::add, task -> {
            if (!forgets[0]) {
                later.add(task);
            }
        });
        publish(0, CAPACITY);
        forgets[0] = false;
        publish(CAPACITY, CAPACITY + 2);
        runLater();

        assertThat(heard).contains(event(0), new SocketEvent.EventsLost("event 0", 2));
    }

    @Test
    void eventsOfManyThreadsAreAllHeardOrCounted() {
        var recorder = new Recorder<SocketEvent>();
        var delivering = new AtomicInteger();
        add(recorder, task -> {
            delivering.incrementAndGet();
            Background.run("delivering", task::run);
        });
        var publishers = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < 3; i++) {
            publishers.add(Background.run("publishing " + i, () -> publish(0, 2000)));
        }
        publishers.forEach(Background::result);
        feeds.publish(new SocketEvent.Closed("last"));

        // It is either heard, or one of those that are counted once something is heard again.
        recorder.await(SocketEvent.class, event -> countOf(recorder) >= 6000);
        assertThat(countOf(recorder)).isBetween(6000L, 6001L);
        assertThat(delivering).hasPositiveValue();
    }

    private static long countOf(Recorder<SocketEvent> recorder) {
        return recorder.all().stream()
                .mapToLong(event -> event instanceof SocketEvent.EventsLost lost ? lost.count() : 1)
                .sum();
    }
}
