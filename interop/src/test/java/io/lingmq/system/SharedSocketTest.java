package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One socket, many threads. */
@ParameterizedClass
@EnumSource(Transport.class)
class SharedSocketTest {
    private static final int THREADS = 4;
    private static final int EACH = 5_000;

    @AutoClose
    private final SocketFixture fixture;

    SharedSocketTest(Transport transport) {
        fixture = new SocketFixture(transport);
    }

    @Test
    void eachMessageGoesToOneReceiverAndNoneIsLost() {
        var push = fixture.context().push();
        var pull = fixture.context().pull();
        fixture.join(pull, push);
        var seen = new AtomicInteger[THREADS * EACH];
        Arrays.setAll(seen, i -> new AtomicInteger());
        var left = new AtomicInteger(THREADS * EACH);
        var all = new ArrayList<Background<Boolean>>();
        for (var t = 0; t < THREADS; t++) {
            var first = t * EACH;
            all.add(Background.run("sender " + t, () -> {
                for (var n = 0; n < EACH; n++) {
                    push.send(String.valueOf(first + n), "tail");
                }
            }));
            all.add(Background.run("receiver " + t, () -> {
                while (left.getAndDecrement() > 0) {
                    var message = take(pull);
                    assertThat(message.text(1)).isEqualTo("tail");
                    seen[Integer.parseInt(message.text())].incrementAndGet();
                }
            }));
        }
        all.forEach(each -> each.result(Duration.ofSeconds(40)));
        assertThat(Arrays.stream(seen).mapToInt(AtomicInteger::get)).containsOnly(1);
    }

    @Test
    void messagesOfOneThreadKeepTheirOrder() throws InterruptedException {
        var push = fixture.context().push();
        var pull = fixture.context().pull();
        fixture.join(pull, push);
        var senders = new ArrayList<Background<Boolean>>();
        for (var t = 0; t < THREADS; t++) {
            var name = String.valueOf(t);
            senders.add(Background.run("sender " + t, () -> {
                for (var n = 0; n < EACH; n++) {
                    push.send(name, String.valueOf(n));
                }
            }));
        }
        var ledgers = new Ledger[THREADS];
        Arrays.setAll(ledgers, i -> new Ledger());
        for (var n = 0; n < THREADS * EACH; n++) {
            var message = take(pull);
            ledgers[Integer.parseInt(message.text(0))].note(Integer.parseInt(message.text(1)));
        }
        senders.forEach(Background::result);
        for (var ledger : ledgers) {
            ledger.assertOrderedAndUnique();
            assertThat(ledger.missing()).isZero();
            assertThat(ledger.count()).isEqualTo(EACH);
        }
    }

    @Test
    void aDealerIsAskedByManyThreads() {
        var router = fixture.context().router();
        var dealer = fixture.context().dealer();
        fixture.join(router, dealer);
        var replies = new ConcurrentLinkedQueue<String>();
        var answering = Background.run("answering", () -> {
            for (var n = 0; n < THREADS * 500; n++) {
                router.send(take(router));
            }
        });
        var all = new ArrayList<Background<Boolean>>();
        for (var t = 0; t < THREADS; t++) {
            var name = "thread " + t + " ";
            all.add(Background.run(name, () -> {
                for (var n = 0; n < 500; n++) {
                    dealer.send(Message.of(name + n));
                    replies.add(take(dealer).text());
                }
            }));
        }
        all.forEach(Background::result);
        answering.result();
        assertThat(replies).hasSize(THREADS * 500).doesNotHaveDuplicates();
    }

    @Test
    void endpointsAndMessagesMixFreely() throws InterruptedException {
        var pull = fixture.context().pull();
        var push = fixture.context().push();
        push.set(Options.LINGER, Duration.ZERO);
        fixture.join(pull, push);
        var moving = Background.run("moving", () -> {
            for (var i = 0; i < 100; i++) {
                var endpoint = pull.bind(fixture.transport().endpoint());
                push.connect(endpoint);
                push.disconnect(endpoint);
                pull.unbind(endpoint);
            }
        });
        var sent = 0;
        while (!moving.isDone()) {
            sent += push.trySend(Message.of("x")) ? 1 : 0;
            pull.tryReceive();
        }
        moving.result();
        assertThat(push.statistics().sent()).isEqualTo(sent);
        // All queues on the way may be full by now, so that the last one waits until others are taken.
        var last = Background.run("last", () -> push.send("at the end"));
        while (!take(pull).text().equals("at the end")) {
            // Those before it.
        }
        last.result();
    }
}
