package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** High-water marks in octets, as an application meets them. */
class OctetMarksTest {
    private static final int LARGE = 300_000;
    private static final int MEBIBYTE = 1 << 20;
    /** More than the operating system holds for a connection on this host. */
    private static final int TAKEN_BY_SYSTEM = 64;

    private final Context context = Context.open();

    @AfterEach
    void close() {
        context.close(Duration.ZERO);
    }

    private PushSocket toNobody() {
        var push = context.push();
        push.connect("tcp://127.0.0.1:1");
        return push;
    }

    private static int sent(PushSocket push, Message message) {
        var count = 0;
        while (push.trySend(message)) {
            count++;
        }
        return count;
    }

    @Test
    void defaultsNeverStopAThousandMessagesOf64KiB() {
        assertThat(sent(toNobody(), Message.wrap(new byte[64 * 1024]))).isEqualTo(1000);
    }

    @Test
    void defaultsHold64MiBAndTheMessageThatReachesThat() {
        assertThat(sent(toNobody(), Message.wrap(new byte[MEBIBYTE]))).isEqualTo(64);
        assertThat(sent(toNobody(), Message.wrap(new byte[65 * MEBIBYTE]))).isEqualTo(1);
    }

    @Test
    void markCanBeChangedWhileTheSocketIsFull() {
        var push = toNobody();
        push.set(Options.SEND_HWM_BYTES, 10L);
        assertThat(sent(push, Message.of("8 octets"))).isEqualTo(1);
        push.set(Options.SEND_HWM_BYTES, 30L);
        assertThat(sent(push, Message.of("8 octets"))).isEqualTo(2);
        push.set(Options.SEND_HWM_BYTES, 0L);
        assertThat(sent(push, Message.of("8 octets"))).isEqualTo(997);
    }

    @Test
    void senderThatWaitsGoesOnWhenTheMarkIsRaised() throws InterruptedException {
        var push = toNobody();
        push.set(Options.SEND_HWM_BYTES, 1L);
        push.send(Message.of("first"));
        var second = Background.run("second sender", () -> push.send(Message.of("second")));
        second.awaitInside("send");
        push.set(Options.SEND_HWM_BYTES, 1000L);
        second.result();
    }

    /** Each message is larger than both marks: one at a time goes through. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1000, LARGE})
    void messagesLargerThanTheMarksPass(long mark) throws InterruptedException {
        var push = context.push();
        var pull = context.pull();
        push.set(Options.SEND_HWM_BYTES, mark);
        pull.set(Options.RECEIVE_HWM_BYTES, mark);
        push.connect(pull.bind("tcp://127.0.0.1:*"));
        var sender = Background.run("sender", () -> {
            for (var i = 0; i < 100; i++) {
                push.send(Message.of(new byte[] {(byte) i}, new byte[LARGE]));
            }
        });
        for (var i = 0; i < 100; i++) {
            var message = pull.receive();
            assertThat(message.bytes(0)).containsExactly(i);
            assertThat(message.size(1)).isEqualTo(LARGE);
        }
        sender.result();
    }

    @Test
    void receiverThatDoesNotReadIsNotFilled() throws InterruptedException {
        var push = context.push();
        var pull = context.pull();
        push.set(Options.SEND_HWM_BYTES, 4L * MEBIBYTE);
        pull.set(Options.RECEIVE_HWM_BYTES, 4L * MEBIBYTE);
        push.connect(pull.bind("tcp://127.0.0.1:*"));
        var message = Message.wrap(new byte[MEBIBYTE]);
        Await.until("both sides hold what they may", () -> {
            push.trySend(message);
            return push.statistics().sent() >= 8;
        });
        while (push.send(message, Duration.ofMillis(300))) {
            assertThat(push.statistics().sent()).isLessThan(8 + TAKEN_BY_SYSTEM);
        }

        for (var left = push.statistics().sent(); left > 0; left--) {
            assertThat(pull.receive().size(0)).isEqualTo(MEBIBYTE);
        }
    }

    @Test
    void newMarkHoldsForPeersToComeToo() throws InterruptedException {
        var push = context.push();
        var endpoint = push.bind("tcp://127.0.0.1:*");
        push.set(Options.SEND_HWM_BYTES, 1L);
        push.set(Options.SEND_HWM, 1);
        var pull = context.pull();
        pull.set(Options.RECEIVE_HWM_BYTES, 1L);
        pull.connect(endpoint);
        var message = Message.wrap(new byte[32 * MEBIBYTE]);
        push.send(message);
        pull.receive();

        assertThat(sent(push, message)).isEqualTo(1);
        pull.receive();
    }

    @Test
    void publisherDropsForASubscriberThatHoldsAsMuchAsItMay() throws InterruptedException {
        var publisher = context.xpub();
        publisher.set(Options.SEND_HWM_BYTES, 10L * MEBIBYTE);
        var endpoint = publisher.bind("tcp://127.0.0.1:*");
        var slow = context.sub();
        slow.set(Options.RECEIVE_HWM_BYTES, 1L);
        slow.subscribe("");
        slow.connect(endpoint);
        publisher.receive(); // its subscription

        var message = Message.wrap(new byte[MEBIBYTE]);
        for (var i = 0; i < 2 * TAKEN_BY_SYSTEM; i++) {
            publisher.send(message);
        }

        assertThat(publisher.statistics().dropped()).containsKey(DropReason.SUBSCRIBER_FULL);
    }

    @Test
    void overInprocOnlyTheNumberCounts() {
        var push = context.push();
        var pull = context.pull();
        push.set(Options.SEND_HWM_BYTES, 1L);
        pull.set(Options.RECEIVE_HWM_BYTES, 1L);
        push.connect(pull.bind("inproc://a"));
        assertThat(sent(push, Message.wrap(new byte[LARGE]))).isEqualTo(2000);
    }
}
