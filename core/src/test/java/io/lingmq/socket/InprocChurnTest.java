package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sockets that come and go while others send: each message arrives once, in order, or is counted. */
class InprocChurnTest extends InprocSockets {
    private static final int SENDERS = 3;
    private static final int MESSAGES = 4000;
    private static final int ROUNDS = 500;

    private final Random random = Seed.random("InprocChurnTest");

    @Override
    SocketCore socket(SocketType type) {
        var socket = super.socket(type);
        socket.set(Options.LINGER, Duration.ofMinutes(5));
        socket.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(1));
        socket.set(Options.RECONNECT_INTERVAL_MAX, Duration.ZERO);
        return socket;
    }

    private static List<Background<Boolean>> start(AtomicInteger running, List<SocketCore> sockets) {
        var senders = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < sockets.size(); i++) {
            var number = i;
            var socket = sockets.get(i);
            senders.add(Background.run("sender " + i, () -> {
                for (var j = 0; j < MESSAGES; j++) {
                    assertThat(socket.send(Message.of("" + number, "" + j), Await.PATIENCE))
                            .isTrue();
                }
                running.decrementAndGet();
            }));
        }
        return senders;
    }

    @Test
    void eachMessageArrivesOnceAndInOrderWhileBindersComeAndGo() throws InterruptedException {
        var next = new int[SENDERS];
        var pushes = new ArrayList<SocketCore>();
        for (var i = 0; i < SENDERS; i++) {
            pushes.add(connected(SocketType.PUSH));
        }
        var running = new AtomicInteger(SENDERS);
        var senders = start(running, pushes);
        while (running.get() > 0) {
            var pull = bound(SocketType.PULL);
            for (var left = random.nextInt(100); left > 0; left--) {
                receive(pull, next, Duration.ofMillis(1));
            }
            pull.close();
        }
        senders.forEach(Background::result);
        var last = bound(SocketType.PULL);
        while (receive(last, next, Duration.ZERO)) {
            // and so on
        }

        assertThat(next).containsOnly(MESSAGES);
        pushes.forEach(push -> assertThat(push.statistics().dropped()).isEmpty());
    }

    private static boolean receive(SocketCore from, int[] next, Duration timeout) throws InterruptedException {
        var message = from.receive(timeout);
        if (message == null) {
            return false;
        }
        var sender = Integer.parseInt(message.text(0));
        assertThat(message.text(1)).as("from %d", sender).isEqualTo("" + next[sender]++);
        return true;
    }

    @Test
    void whoConnectsAndSendsAndClosesReachesOneOfTheBinders() throws InterruptedException {
        var running = new AtomicInteger(1);
        var sender = Background.run("sender", () -> {
            for (var i = 0; i < ROUNDS; i++) {
                var push = connected(SocketType.PUSH);
                assertThat(push.send(Message.of("" + i), Await.PATIENCE)).isTrue();
                push.close();
            }
            running.decrementAndGet();
        });
        var seen = new int[ROUNDS];
        while (running.get() > 0) {
            var pull = bound(SocketType.PULL);
            count(pull.receive(Duration.ofMillis(1)), seen);
            pull.unbind(HERE);
            Message message;
            while ((message = pull.tryReceive()) != null) {
                count(message, seen);
            }
            pull.close();
        }
        sender.result();
        var last = bound(SocketType.PULL);
        Message message;
        while ((message = last.tryReceive()) != null) {
            count(message, seen);
        }

        assertThat(seen).containsOnly(1);
        assertThat(context.close(Duration.ZERO).lost()).as("lost").isZero();
    }

    private static void count(Message message, int[] seen) {
        if (message != null) {
            seen[Integer.parseInt(message.text())]++;
        }
    }

    @Test
    void pairsThatCrowdAtOneAreAllLetInOneAfterTheOther() throws InterruptedException {
        var pair = bound(SocketType.PAIR);
        var waiting = new ArrayList<SocketCore>();
        for (var i = 0; i < 20; i++) {
            waiting.add(connected(SocketType.PAIR));
        }
        for (var i = 0; i < waiting.size(); i++) {
            assertThat(waiting.get(i).send(Message.of("" + i), Await.PATIENCE)).isTrue();
        }
        var seen = new int[waiting.size()];
        for (var i = 0; i < seen.length; i++) {
            var message = pair.receive(Await.PATIENCE);
            assertThat(message).isNotNull();
            count(message, seen);
            waiting.get(Integer.parseInt(message.text())).close();
        }

        assertThat(seen).containsOnly(1);
    }
}
