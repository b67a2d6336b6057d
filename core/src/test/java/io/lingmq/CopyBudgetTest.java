package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.count.Copies;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often each path copies the body of a message, between the application's array and the channel's buffer and back.
 * A copy more is a test that fails here, and a copy less one whose budget is to be cut.
 */
class CopyBudgetTest {
    private static final int MESSAGES = 200;
    /** For headers and, before the first message, what makes the JVM ready: a fraction of the smallest body. */
    private static final double HEADERS = 12;

    private final Context context = Context.open();

    @AfterEach
    void close() {
        context.close(Duration.ZERO);
    }

    @FunctionalInterface
    private interface Exchange {
        void once() throws InterruptedException;
    }

    /** Copies of the body for each message. One message is on its way at a time, so that none waits for others. */
    private static void assertCopies(int size, double budget, Exchange exchange) throws InterruptedException {
        exchange.once();
        var before = Copies.soFar();
        for (var i = 0; i < MESSAGES; i++) {
            exchange.once();
        }
        var octets = (double) (Copies.soFar() - before) / MESSAGES;
        assertThat(octets)
                .as("octets copied for each body of %d", size)
                .isBetween(budget * size, budget * size + HEADERS * Math.max(1, budget));
    }

    @ParameterizedTest
    @CsvSource({"100, 4", "1000, 4", "4000, 4", "5000, 2", "65536, 2", "262144, 2", "300000, 2.25", "1000000, 2.25"})
    void fromOneSocketToAnother(int size, double budget) throws InterruptedException {
        var push = context.push();
        var pull = context.pull();
        push.connect(pull.bind("tcp://127.0.0.1:*"));
        var message = Message.wrap(new byte[size]);

        assertCopies(size, budget, () -> {
            push.send(message);
            assertThat(pull.receive().size(0)).isEqualTo(size);
        });
    }

    @ParameterizedTest
    @CsvSource({"100, 4", "1000, 4", "5000, 4", "65536, 4", "1000000, 4"})
    void fromOneBufferToAnother(int size, double budget) throws InterruptedException {
        var push = context.push();
        var pull = context.pull();
        push.connect(pull.bind("tcp://127.0.0.1:*"));
        var filled = new MessageBuffer().add(new byte[size]);
        var empty = new MessageBuffer();

        assertCopies(size, budget, () -> {
            push.send(filled);
            pull.receive(empty);
            assertThat(empty.size(0)).isEqualTo(size);
        });
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "5000, 0"})
    void withinAProcess(int size, double budget) throws InterruptedException {
        var push = context.push();
        var pull = context.pull();
        push.connect(pull.bind("inproc://a"));
        var message = Message.wrap(new byte[size]);

        assertCopies(size, budget, () -> {
            push.send(message);
            assertThat(pull.receive()).isSameAs(message);
        });
    }

    /** Once for all subscribers, then as often as they are: into the buffer of each channel, and twice by each. */
    @ParameterizedTest
    @CsvSource({"3, 100, 10", "3, 5000, 6", "3, 1000000, 6.75"})
    void fromAPublisherToSeveral(int count, int size, double budget) throws InterruptedException {
        var publisher = context.xpub();
        publisher.set(Options.XPUB_VERBOSE, true);
        var endpoint = publisher.bind("tcp://127.0.0.1:*");
        var subscribers = new ArrayList<SubSocket>();
        for (var i = 0; i < count; i++) {
            var subscriber = context.sub();
            subscriber.subscribe("");
            subscriber.connect(endpoint);
            subscribers.add(subscriber);
            publisher.receive();
        }
        var message = Message.wrap(new byte[size]);

        assertCopies(size, budget, () -> {
            publisher.send(message);
            for (var subscriber : subscribers) {
                assertThat(subscriber.receive().size(0)).isEqualTo(size);
            }
        });
    }

    /** Twice as often as from one socket to another. */
    @ParameterizedTest
    @CsvSource({"100, 8", "5000, 4", "1000000, 4.5"})
    void throughAProxy(int size, double budget) throws InterruptedException {
        var frontend = context.pull();
        var backend = context.push();
        var push = context.push();
        var pull = context.pull();
        push.connect(frontend.bind("tcp://127.0.0.1:*"));
        pull.connect(backend.bind("tcp://127.0.0.1:*"));
        var message = Message.wrap(new byte[size]);

        var proxy = Proxy.between(frontend, backend).start();
        assertCopies(size, budget, () -> {
            push.send(message);
            assertThat(pull.receive().size(0)).isEqualTo(size);
        });
        proxy.close();
    }
}
