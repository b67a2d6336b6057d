package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@link Flow}, which are those of Reactive Streams, by their numbers there. */
class MessageStreamTest {
    private final ContextCore context = new ContextCore(1, "stream-test");
    private final SocketCore push = context.socket(SocketType.PUSH, Settings.defaults());
    private final SocketCore pull = context.socket(SocketType.PULL, Settings.defaults());
    private final Listener listener = new Listener();

    MessageStreamTest() {
        pull.bind("inproc://here");
        push.connect("inproc://here");
    }

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private void send(int from, int to) {
        for (var i = from; i < to; i++) {
            push.trySend(Message.of("" + i));
        }
    }

    /** A subscriber that notes everything and asks for nothing by itself. */
    private static class Listener implements Flow.Subscriber<Message> {
        final List<String> signals = new CopyOnWriteArrayList<>();
        final AtomicInteger inside = new AtomicInteger();
        volatile Flow.Subscription subscription;
        volatile boolean overlapped;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Message message) {
            note(message.text());
        }

        @Override
        public void onError(Throwable failure) {
            note("error " + failure.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            note("complete");
        }

        private void note(String signal) {
            overlapped |= inside.incrementAndGet() > 1;
            signals.add(signal);
            inside.decrementAndGet();
        }

        void await(int count) {
            Await.until(count + " signals, there are " + signals.size(), () -> signals.size() >= count);
        }
    }

    private Listener subscribed() {
        pull.async().publisher().subscribe(listener);
        return listener;
    }

    @Test
    void nothingComesUnasked() {
        subscribed();
        send(0, 5);

        assertThat(listener.signals).isEmpty();
        assertThat(pull.tryReceive()).as("the socket still has them").isEqualTo(Message.of("0"));
    }

    @Test
    void noMoreComesThanWasAskedFor() {
        send(0, 10);
        subscribed().subscription.request(3);
        listener.await(3);
        listener.subscription.request(2);
        listener.await(5);

        assertThat(listener.signals).containsExactly("0", "1", "2", "3", "4");
        assertThat(pull.tryReceive()).isEqualTo(Message.of("5"));
    }

    @Test
    void theNextRequestComesWhenTheReplyIsSent() {
        var rep = context.socket(SocketType.REP, Settings.defaults());
        var dealer = context.socket(SocketType.DEALER, Settings.defaults());
        rep.bind("inproc://rep");
        dealer.connect("inproc://rep");
        rep.async().publisher().subscribe(listener);
        listener.subscription.request(10);
        for (var i = 0; i < 3; i++) {
            dealer.trySend(Message.of("", "" + i));
        }
        for (var i = 0; i < 3; i++) {
            listener.await(i + 1);
            assertThat(listener.signals.get(i)).isEqualTo("" + i);
            assertThat(rep.trySend(Message.of("reply"))).isTrue();
        }
        assertThat(listener.signals).containsExactly("0", "1", "2");
    }

    @Test
    void whatWasAskedForComesLater() {
        subscribed().subscription.request(100);
        send(0, 3);
        listener.await(3);

        assertThat(listener.signals).containsExactly("0", "1", "2");
    }

    @Test
    void askingForMoreThanCanBeCountedIsAskingForAll() {
        subscribed().subscription.request(Long.MAX_VALUE);
        listener.subscription.request(Long.MAX_VALUE);
        send(0, 500);
        listener.await(500);

        assertThat(listener.signals).hasSize(500).doesNotContain("error IllegalArgumentException");
    }

    @Test
    void unhurriedSubscriberHoldsThePeerBack() {
        push.set(Options.SEND_HWM, 2);
        pull.set(Options.RECEIVE_HWM, 2);
        subscribed().subscription.request(1);
        send(0, 1);
        listener.await(1);
        send(1, 100);

        assertThat(push.canSend()).isFalse();
        listener.subscription.request(100);
        Await.until("the peer can send again", push::canSend);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void rule3_9AskingForNothingIsAnError(long count) {
        subscribed().subscription.request(count);
        listener.await(1);
        listener.subscription.request(1);
        send(0, 1);

        assertThat(listener.signals).containsExactly("error IllegalArgumentException");
        assertThat(pull.tryReceive()).isEqualTo(Message.of("0"));
    }

    @Test
    void rule1_3SignalsComeOneAtATime() {
        subscribed();
        send(0, 900);
        for (var i = 0; i < 900; i++) {
            listener.subscription.request(1);
        }
        listener.await(900);

        assertThat(listener.overlapped).isFalse();
        for (var i = 0; i < 900; i++) {
            assertThat(listener.signals.get(i)).isEqualTo("" + i);
        }
    }

    @Test
    void rule1_3NextWaitsUntilSubscribingIsDone() throws InterruptedException {
        send(0, 1);
        var next = new CountDownLatch(1);
        var cameTooEarly = new boolean[1];
        pull.async().publisher().subscribe(new Listener() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(1);
                cameTooEarly[0] = awaitQuietly(next, 200);
            }

            @Override
            public void onNext(Message message) {
                next.countDown();
            }
        });

        assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(cameTooEarly[0]).isFalse();
    }

    private static boolean awaitQuietly(CountDownLatch latch, long timeMs) {
        try {
            return latch.await(timeMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rule1_9SubscriberMustBeThere() {
        assertThatThrownBy(() -> pull.async().publisher().subscribe(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void rule2_13WhoThrowsFromNextIsCancelledAndTold() {
        var throwing = new Listener() {
            @Override
            public void onNext(Message message) {
                super.onNext(message);
                throw new StackOverflowError("on purpose");
            }
        };
        pull.async().publisher().subscribe(throwing);
        throwing.subscription.request(10);
        send(0, 1);
        throwing.await(2);
        for (var i = 1; i < 500; i++) {
            send(i, i + 1);
            assertThat(Background.call("receiving", () -> pull.receive()).result())
                    .as("the messages are for others")
                    .isEqualTo(Message.of("" + i));
        }
        assertThat(throwing.signals).containsExactly("0", "error StackOverflowError");
    }

    @Test
    void rule2_13WhoThrowsWhileSubscribingIsCancelledAndTold() {
        var throwing = new Listener() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(10);
                throw new IllegalStateException("on purpose");
            }
        };
        pull.async().publisher().subscribe(throwing);
        send(0, 1);
        throwing.await(1);
        subscribed().subscription.request(1);
        listener.await(1);

        assertThat(throwing.signals).containsExactly("error IllegalStateException");
        assertThat(listener.signals).containsExactly("0");
    }

    @Test
    void whoThrowsAfterItsOwnCancelHearsNoMore() {
        var cancelling = new Listener() {
            @Override
            public void onNext(Message message) {
                super.onNext(message);
                subscription.cancel();
                throw new IllegalStateException("on purpose");
            }
        };
        pull.async().publisher().subscribe(cancelling);
        cancelling.subscription.request(10);
        send(0, 1);
        cancelling.await(1);
        subscribed().subscription.request(1);
        send(1, 2);
        listener.await(1);

        assertThat(cancelling.signals).containsExactly("0");
    }

    @Test
    void whoThrowsFromTheLastSignalHurtsNobody() {
        var throwing = new Listener() {
            @Override
            public void onError(Throwable failure) {
                super.onError(failure);
                throw new StackOverflowError("on purpose");
            }
        };
        pull.async().publisher().subscribe(throwing);
        throwing.subscription.request(-1);
        throwing.await(1);
        send(0, 1);
        subscribed().subscription.request(1);
        listener.await(1);

        assertThat(throwing.signals).containsExactly("error IllegalArgumentException");
        assertThat(listener.signals).containsExactly("0");
    }

    // ---- one at a time

    @Test
    void secondSubscriberIsRefusedUntilTheFirstHasCancelled() {
        var first = subscribed();
        var second = new Listener();
        pull.async().publisher().subscribe(second);
        second.await(1);
        assertThat(second.subscription).as("rule 1.9").isNotNull();
        assertThat(second.signals).containsExactly("error SocketStateException");
        second.subscription.request(5);
        second.subscription.cancel();

        first.subscription.cancel();
        var third = new Listener();
        pull.async().publisher().subscribe(third);
        third.subscription.request(1);
        send(0, 1);
        third.await(1);
        assertThat(third.signals).containsExactly("0");
        assertThat(first.signals).isEmpty();
    }

    @Test
    void theNextMaySubscribeWhileOneThatHasCancelledIsStillBusy() throws InterruptedException {
        var goOn = new CountDownLatch(1);
        var isInside = new CountDownLatch(1);
        var busy = new Listener() {
            @Override
            public void onNext(Message message) {
                subscription.cancel();
                isInside.countDown();
                awaitQuietly(goOn, 60_000);
            }
        };
        pull.async().publisher().subscribe(busy);
        busy.subscription.request(9);
        send(0, 1);
        isInside.await();
        subscribed().subscription.request(5);
        send(1, 6);
        listener.await(5);
        goOn.countDown();

        assertThat(listener.signals).containsExactly("1", "2", "3", "4", "5");
    }

    /** Whoever is first has it; each of the others is told, and none is left without a word. */
    @Test
    void ofManyThatSubscribeAtOnceOneIsServed() {
        var all = new ArrayList<Listener>();
        var subscribing = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < 8; i++) {
            var each = new Listener();
            all.add(each);
            subscribing.add(
                    Background.run("subscribing", () -> pull.async().publisher().subscribe(each)));
        }
        subscribing.forEach(Background::result);
        all.forEach(each -> each.subscription.request(1));
        send(0, 1);
        all.forEach(each -> each.await(1));

        assertThat(all.stream().flatMap(each -> each.signals.stream()).filter("0"::equals))
                .hasSize(1);
    }

    @Test
    void subscriberThatTakesItsTimeHoldsUpNoOtherSocket() throws InterruptedException {
        var goOn = new CountDownLatch(1);
        var isInside = new CountDownLatch(1);
        pull.async().publisher().subscribe(new Listener() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(1);
            }

            @Override
            public void onNext(Message message) {
                isInside.countDown();
                awaitQuietly(goOn, 60_000);
            }
        });
        send(0, 1);
        isInside.await();
        var other = context.socket(SocketType.PULL, Settings.defaults());
        other.bind("inproc://there");
        push.disconnect("inproc://here");
        push.connect("inproc://there");
        var opened = other.receiveAsync().thenAccept(message -> goOn.countDown());
        send(1, 2);

        assertThat(goOn.await(60, TimeUnit.SECONDS))
                .as("the sleeper is woken by the other's message")
                .isTrue();
        opened.join();
    }

    @Test
    void rule3_3RequestFromWithinNextDoesNotRecurse() {
        var deep = new Listener() {
            private int depth;
            private int deepest;

            @Override
            public void onNext(Message message) {
                depth++;
                deepest = Math.max(deepest, depth);
                super.onNext(message);
                subscription.request(1);
                depth--;
            }
        };
        send(0, 900);
        pull.async().publisher().subscribe(deep);
        deep.subscription.request(1);
        deep.await(900);

        assertThat(deep.deepest).isEqualTo(1);
    }

    @Test
    void rule3_12CancelledStreamEnds() {
        subscribed().subscription.request(1);
        send(0, 1);
        listener.await(1);
        listener.subscription.cancel();
        listener.subscription.cancel();
        listener.subscription.request(5);
        send(1, 2);

        assertThat(pull.tryReceive()).as("the message is for somebody else").isEqualTo(Message.of("1"));
        assertThat(listener.signals).containsExactly("0");
    }

    @Test
    void closingTheSocketCompletesTheStream() {
        subscribed().subscription.request(2);
        send(0, 1);
        listener.await(1);
        pull.close();
        listener.await(2);

        assertThat(listener.signals).containsExactly("0", "complete");
    }

    @Test
    void closingCompletesAStreamThatAskedForNothing() {
        subscribed();
        pull.close();
        listener.await(1);

        assertThat(listener.signals).containsExactly("complete");
    }

    @Test
    void subscribingToAClosedSocketCompletesAtOnce() {
        var publisher = pull.async().publisher();
        pull.close();
        publisher.subscribe(listener);
        listener.await(1);

        assertThat(listener.signals).containsExactly("complete");
        assertThat(listener.subscription).as("but only after it was subscribed").isNotNull();
    }
}
