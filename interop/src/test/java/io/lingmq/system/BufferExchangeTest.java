package io.lingmq.system;

import static io.lingmq.system.SocketFixture.awaitTopics;
import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.Receiver;
import io.lingmq.Sender;
import io.lingmq.error.ClosedException;
import io.lingmq.error.TimedOutException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Bodies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class BufferExchangeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int[] SIZES = {0, 1, 255, 256, 8191, 8192, 8193, 65_536, 1 << 20};

    @AutoClose
    private final SocketFixture fixture;

    private final PushSocket push;
    private final PullSocket pull;
    private final MessageBuffer out = new MessageBuffer();
    private final MessageBuffer in = new MessageBuffer();

    BufferExchangeTest(Transport transport) {
        fixture = new SocketFixture(transport);
        push = fixture.context().push();
        pull = fixture.context().pull();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void fill(MessageBuffer into, Receiver from) throws InterruptedException {
        assertThat(from.receive(into, PATIENCE)).as("a message for %s", from).isTrue();
    }

    // ---- whole messages of all sizes

    private interface Exchange {
        void of(Message message) throws InterruptedException;
    }

    /** Twice, since a receiver's ways show only when it has received. */
    private static void forMessagesOfAllSizes(Exchange exchange) throws InterruptedException {
        for (var round = 0; round < 2; round++) {
            for (var size : SIZES) {
                var body = Bodies.of(size, size);
                for (var frames = 1; frames <= 5; frames++) {
                    exchange.of(Message.wrapFrames(Collections.nCopies(frames, body)));
                }
                exchange.of(Message.of(new byte[0], body, utf8("tail")));
            }
        }
    }

    private void assertHolds(MessageBuffer buffer, Message message) {
        assertThat(buffer.frameCount()).isEqualTo(message.frameCount());
        var received = buffer.toMessage();
        for (var i = 0; i < message.frameCount(); i++) {
            assertThat(Bodies.difference(message.sharedArray(i), received.sharedArray(i)))
                    .as("frame %d of %s", i, message)
                    .isEmpty();
        }
    }

    @Test
    void carriesMessagesFromBufferToBuffer() throws InterruptedException {
        fixture.join(pull, push);
        forMessagesOfAllSizes(message -> {
            push.send(out.clear().addAll(message));
            fill(in, pull);
            assertHolds(in, message);
        });
    }

    @Test
    void buffersAndMessagesAreTheSameOnTheWay() throws InterruptedException {
        fixture.join(pull, push);
        forMessagesOfAllSizes(message -> {
            push.send(out.clear().addAll(message));
            push.send(message);
            push.send(message);
            push.send(out);
            assertThat(take(pull)).isEqualTo(message);
            fill(in, pull);
            assertHolds(in, message);
            assertThat(take(pull)).isEqualTo(message);
            fill(in, pull);
            assertHolds(in, message);
        });
    }

    @Test
    void whatIsSentDoesNotChangeWithTheBuffer() throws InterruptedException {
        fixture.join(pull, push);
        for (var size : SIZES) {
            push.send(out.clear().add(Bodies.of(1, size)));
            out.clear().add(new byte[size]);
            fill(in, pull);
            assertHolds(in, Message.of(Bodies.of(1, size)));
        }
    }

    @Test
    void manyMessagesKeepTheirOrder() throws InterruptedException {
        fixture.join(pull, push);
        var sending = Background.run("sending", () -> {
            for (var n = 0; n < 50_000; n++) {
                push.send(out.clear().add(utf8("" + n)).add(Bodies.of(n, n % 300)));
            }
        });
        for (var n = 0; n < 50_000; n++) {
            pull.receive(in);
            assertThat(in.text(0)).isEqualTo("" + n);
            assertThat(in.size(1)).isEqualTo(n % 300);
        }
        sending.result();
    }

    // ---- all types

    @Test
    void requestsAndRepliesFitIntoBuffers() throws InterruptedException {
        var req = fixture.context().req();
        var rep = fixture.context().rep();
        fixture.join(rep, req);
        for (var n = 0; n < 100; n++) {
            req.send(out.clear().add(utf8("question")).add(utf8("" + n)));
            fill(in, rep);
            rep.send(in.add(utf8("answer")));
            fill(in, req);
            assertThat(in.toMessage()).isEqualTo(Message.of("question", "" + n, "answer"));
        }
    }

    @Test
    void routersAddressFromBuffers() throws InterruptedException {
        var router = fixture.context().router();
        var dealer = fixture.context().dealer();
        fixture.join(router, dealer);
        dealer.send(out.clear().add(utf8("hello")));
        fill(in, router);
        assertThat(in.frameCount()).isEqualTo(2);
        assertThat(in.text(1)).isEqualTo("hello");

        router.send(in.add(utf8("you")));
        fill(in, dealer);
        assertThat(in.toMessage()).isEqualTo(Message.of("hello", "you"));
    }

    @Test
    void pairsTalkBothWays() throws InterruptedException {
        var one = fixture.context().pair();
        var other = fixture.context().pair();
        fixture.join(one, other);
        for (Sender from : new Sender[] {one, other}) {
            from.send(out.clear().add(utf8("x")));
            fill(in, from == one ? other : one);
            assertThat(in.text(0)).isEqualTo("x");
        }
    }

    @Test
    void subscribersGetTheirTopicsOnly() throws InterruptedException {
        var pub = fixture.context().pub();
        var all = fixture.context().sub();
        var some = fixture.context().sub();
        fixture.join(pub, all, some);
        all.subscribe("");
        some.subscribe("abc");
        awaitTopics(pub, 2);
        // What is left in the array of a longer message before must not count.
        for (var topic : new String[] {"abcdef", "ab", "b", "abc", ""}) {
            pub.send(out.clear().add(utf8(topic)).add(utf8("c")));
            fill(in, all);
            assertThat(in.text(0)).isEqualTo(topic);
        }
        fill(in, some);
        assertThat(in.text(0)).isEqualTo("abcdef");
        fill(in, some);
        assertThat(in.text(0)).isEqualTo("abc");
        assertThat(some.tryReceive(in)).isFalse();
    }

    @Test
    void subscriberFiltersWhatItNoLongerWants() throws InterruptedException {
        var xpub = fixture.context().xpub();
        var sub = fixture.context().sub();
        fixture.join(xpub, sub);
        sub.subscribe("a");
        awaitTopics(xpub, 1);
        xpub.send(out.clear().add(utf8("a1")));
        xpub.send(out.clear().add(utf8("a2")));
        // Not a receive that sleeps: woken, it looks whether there is more that is wanted, and keeps that.
        Await.until("the first has come", () -> sub.tryReceive(in));
        Await.until("the other is sent", () -> xpub.statistics().unsent() == 0);
        sub.unsubscribe("a");
        Await.until("it has come and is dropped", () -> {
            assertThat(sub.tryReceive(in)).isFalse();
            return sub.statistics().dropped().containsKey(DropReason.NOT_SUBSCRIBED);
        });
        assertThat(in.frameCount()).isZero();
    }

    @Test
    void publishersOfAllKindsHearAndSpeak() throws InterruptedException {
        var xpub = fixture.context().xpub();
        var xsub = fixture.context().xsub();
        fixture.join(xpub, xsub);
        xsub.send(out.clear().add(utf8("\1topic")));
        fill(in, xpub);
        assertThat(in.text(0)).isEqualTo("\1topic");

        xpub.send(out.clear().add(utf8("topic and more")));
        fill(in, xsub);
        assertThat(in.text(0)).isEqualTo("topic and more");
    }

    @Test
    void conflatedMessagesAreTheNewest() {
        pull.set(Options.CONFLATE, true);
        push.set(Options.CONFLATE, true);
        fixture.join(pull, push);
        for (var n = 0; n <= 999; n++) {
            assertThat(push.trySend(out.clear().add(utf8("" + n)))).isTrue();
        }
        Await.until(
                "the newest has come", () -> pull.tryReceive(in) && in.text(0).equals("999"));
        assertThat(pull.tryReceive(in)).isFalse();
    }

    // ---- waiting

    @Test
    void withoutAMessageTheBufferIsEmpty() throws InterruptedException {
        fixture.join(pull, push);
        in.add(utf8("old"));
        assertThat(pull.tryReceive(in)).isFalse();
        assertThat(in.frameCount()).isZero();
        assertThat(pull.receive(in.add(utf8("old")), SHORT)).isFalse();
        assertThat(in.frameCount()).isZero();
        pull.set(Options.RECEIVE_TIMEOUT, SHORT);
        assertThatThrownBy(() -> pull.receive(in)).isInstanceOf(TimedOutException.class);
    }

    @Test
    void sendingWaitsForAPeer() throws InterruptedException {
        fixture.bound(push);
        out.add(utf8("patience"));
        assertThat(push.trySend(out)).isFalse();
        assertThat(push.send(out, SHORT)).isFalse();
        push.set(Options.SEND_TIMEOUT, SHORT);
        assertThatThrownBy(() -> push.send(out)).isInstanceOf(TimedOutException.class);
        push.set(Options.SEND_TIMEOUT, Options.FOREVER);
        var sending = Background.run("sending", () -> push.send(out)).awaitInside("send");
        fixture.join(push, pull);
        sending.result();
        assertThat(take(pull).text()).isEqualTo("patience");
    }

    @Test
    void sleepingReceiverIsWoken() throws InterruptedException {
        fixture.join(pull, push);
        var receiving = Background.run("receiving", () -> pull.receive(in)).awaitInside("park");
        push.send(out.add(utf8("awake")));
        receiving.result();
        assertThat(in.text(0)).isEqualTo("awake");
    }

    @Test
    void highWaterMarkHolds() throws InterruptedException {
        push.set(Options.SEND_HWM, 5);
        pull.set(Options.RECEIVE_HWM, 5);
        fixture.join(pull, push);
        out.add(Bodies.of(7, 100_000));
        var accepted = 0;
        while (push.send(out, Duration.ofMillis(100))) {
            accepted++;
        }
        assertThat(accepted).isGreaterThanOrEqualTo(10);
        for (var n = 0; n < accepted; n++) {
            fill(in, pull);
            assertHolds(in, out.toMessage());
        }
        assertThat(pull.tryReceive(in)).isFalse();
        assertThat(push.send(out, PATIENCE)).isTrue();
        fill(in, pull);
    }

    @Test
    void closedSocketEndsTheCall() {
        fixture.join(pull, push);
        var receiving = Background.run("receiving", () -> pull.receive(in)).awaitInside("park");
        pull.close();
        assertThat(receiving.failure(PATIENCE)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> pull.tryReceive(out)).isInstanceOf(ClosedException.class);
        push.close();
        assertThatThrownBy(() -> push.trySend(out.clear().add())).isInstanceOf(ClosedException.class);
    }

    @Test
    void withoutAFrameNothingIsSent() {
        fixture.join(pull, push);
        assertThatThrownBy(() -> push.send(out)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> push.trySend(out)).hasMessageContaining("at least one frame");
        assertThat(push.statistics().sent()).isZero();
    }

    @Test
    void interruptLosesNoMessage() throws InterruptedException {
        fixture.join(pull, push);
        var receiving = Background.run("receiving", () -> pull.receive(in)).awaitInside("park");
        receiving.interrupt();
        assertThat(receiving.failure(PATIENCE)).isInstanceOf(InterruptedException.class);
        push.send(out.add(utf8("kept")));
        fill(in, pull);
        assertThat(in.text(0)).isEqualTo("kept");
    }
}
