package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One socket in the hands of many threads. */
class SharingTest {
    private static final String HERE = "inproc://here";

    private final ContextCore context = new ContextCore(1, "sharing-test");
    private final SocketCore push = context.socket(SocketType.PUSH, Settings.defaults());
    private final SocketCore pull = context.socket(SocketType.PULL, Settings.defaults());

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private static Message number(int number) {
        return Message.of("" + number);
    }

    private static int number(Message message) {
        return Integer.parseInt(message.text());
    }

    @Test
    void everyMessageOfManySendersComesToOneOfManyReceivers() throws InterruptedException {
        push.set(Options.SEND_HWM, 50);
        pull.set(Options.RECEIVE_HWM, 50);
        pull.bind(HERE);
        push.connect(HERE);
        var each = 20_000;
        var senders = IntStream.range(0, 3)
                .mapToObj(sender -> Background.run("sender " + sender, () -> {
                    for (var i = 0; i < each; i++) {
                        push.send(number(sender * each + i));
                    }
                }))
                .toList();
        var received = new ConcurrentLinkedQueue<Integer>();
        var receivers = IntStream.range(0, 3)
                .mapToObj(receiver -> Background.run("receiver " + receiver, () -> {
                    for (var message = pull.receive(); message.size(0) > 0; message = pull.receive()) {
                        received.add(number(message));
                    }
                }))
                .toList();
        senders.forEach(sender -> sender.result(Duration.ofSeconds(20)));
        for (var i = 0; i < receivers.size(); i++) {
            push.send(Message.empty()); // ends one of them
        }
        receivers.forEach(receiver -> receiver.result(Duration.ofSeconds(20)));

        var seen = new BitSet();
        received.forEach(seen::set);
        assertThat(received).hasSize(3 * each);
        assertThat(seen.cardinality()).isEqualTo(3 * each);
    }

    @Test
    void messagesOfOneSenderKeepTheirOrder() throws InterruptedException {
        pull.bind(HERE);
        push.connect(HERE);
        var each = 10_000;
        var senders = new ArrayList<Background<Boolean>>();
        for (var s = 0; s < 3; s++) {
            var sender = s;
            senders.add(Background.run("sender " + s, () -> {
                for (var i = 0; i < each; i++) {
                    push.send(Message.of("" + sender, "" + i));
                }
            }));
        }
        var next = new int[3];
        for (var i = 0; i < 3 * each; i++) {
            var texts = pull.receive().texts();
            var sender = Integer.parseInt(texts.get(0));
            assertThat(Integer.parseInt(texts.get(1))).isEqualTo(next[sender]++);
        }
        senders.forEach(Background::result);
    }

    /** Each of them takes one message and goes: neither may take the other one's waking with it. */
    @Test
    void twoMessagesWakeTwoReceivers() {
        pull.bind(HERE);
        push.connect(HERE);
        var round = new AtomicInteger();
        var received = new AtomicInteger();
        var receivers = List.of(receiver("first", round, received), receiver("second", round, received));
        for (var n = 1; n <= 3_000; n++) {
            round.set(n);
            push.trySend(number(n));
            push.trySend(number(n));
            var left = 50_000;
            while (received.get() < 2 * n) {
                LockSupport.parkNanos(received.get() < 2 * n && left > 49_000 ? 1 : 100_000);
                assertThat(left--)
                        .as("round %d: %d received, one message lies there and one thread waits", n, received.get())
                        .isPositive();
            }
        }
        receivers.forEach(Background::result);
    }

    private Background<Boolean> receiver(String name, AtomicInteger round, AtomicInteger received) {
        return Background.run(name, () -> {
            for (var n = 1; n <= 3_000; n++) {
                while (round.get() < n) {
                    Thread.onSpinWait();
                }
                pull.receive();
                received.incrementAndGet();
            }
        });
    }

    @Test
    void interruptedReceiverLosesNoMessage() {
        pull.bind(HERE);
        push.connect(HERE);
        for (var round = 0; round < 500; round++) {
            var receiving =
                    Background.call("receiving", this::receiveUnlessInterrupted).awaitInside("park");
            if (round % 2 == 0) {
                push.trySend(number(round));
                receiving.interrupt();
            } else {
                receiving.interrupt();
                push.trySend(number(round));
            }
            var received = receiving.result();

            assertThat(received != null ? received : pull.tryReceive()).isEqualTo(number(round));
        }
    }

    private Message receiveUnlessInterrupted() {
        try {
            return pull.receive();
        } catch (InterruptedException e) {
            return null;
        }
    }

    @Test
    void closingEndsAllWhoWait() {
        pull.bind(HERE);
        var waiting = IntStream.range(0, 10)
                .mapToObj(i ->
                        Background.call("receiver " + i, () -> pull.receive()).awaitInside("park"))
                .toList();
        pull.close();

        waiting.forEach(thread ->
                assertThat(thread.failure(Duration.ofSeconds(10))).hasMessageStartingWith("the PULL socket is closed"));
    }
}
