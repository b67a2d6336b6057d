package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.EndlessPipe;
import io.lingmq.pipe.InprocPipe;
import io.lingmq.pipe.Pipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A call that finds nothing among messages that never end, or whose peer never comes to the end of its own call, ends
 * when its time is over, and lets others use the socket meanwhile.
 */
@Timeout(30) // where it does not, it hangs for ever
class GivingWayTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ContextCore context = new ContextCore(1, "giving-way-test");

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    private static EndlessPipe flood(SocketCore socket, Message message) {
        var pipe = new EndlessPipe(socket.pipes(), message);
        attach(socket, pipe);
        return pipe;
    }

    private static void attach(SocketCore socket, Pipe pipe) {
        socket.pipes().attachPipe(pipe);
        socket.pipes().openedLocally(pipe, SocketType.PUSH, new byte[0]);
    }

    private static byte[] topic(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Nested
    class AmongUnwantedMessages {
        private final SocketCore sub = socket(SocketType.SUB);
        private final EndlessPipe publisher = flood(sub, Message.of("unwanted"));

        @Test
        void tryReceiveReturns() {
            assertThat(sub.tryReceive()).isNull();
            assertThat(sub.tryReceive(new MessageBuffer())).isFalse();
            assertThat(sub.canReceive()).isFalse();
        }

        @Test
        void receiveEndsWithItsTime() throws InterruptedException {
            assertThat(sub.receive(SHORT)).isNull();
            assertThat(sub.receive(new MessageBuffer(), SHORT)).isFalse();
        }

        @Test
        void interruptEndsReceive() {
            var receiving = Background.call("receiving", () -> sub.receive()).awaitInside("until");
            receiving.interrupt();

            assertThat(receiving.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
        }

        @Test
        void closeEndsReceive() {
            var receiving = Background.call("receiving", () -> sub.receive()).awaitInside("until");
            sub.close();

            assertThat(receiving.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
        }

        @Test
        void othersUseTheSocketMeanwhile() {
            Background.call("receiving", () -> sub.receive()).awaitInside("until");
            for (var i = 0; i < 100; i++) {
                sub.subscribe(topic("wanted " + i));
            }
            assertThat(sub.statistics().subscriptions()).isEqualTo(100);
        }

        @Test
        void wantedMessageIsFound() {
            sub.subscribe(topic("wanted"));
            var receiving = Background.call("receiving", () -> sub.receive()).awaitInside("until");
            publisher.says(Message.of("wanted"));

            assertThat(receiving.result()).isEqualTo(Message.of("wanted"));
        }

        @Test
        void wantedMessagesAreFoundByAllWhoWait() {
            sub.subscribe(topic("wanted"));
            var all = new ArrayList<Background<Message>>();
            for (var i = 0; i < 4; i++) {
                all.add(Background.call("receiving", () -> sub.receive()).awaitInside("until"));
            }
            for (var i = 0; i < all.size(); i++) {
                var before = sub.statistics().received();
                publisher.says(Message.of("wanted"));
                Await.until("it is received", () -> sub.statistics().received() > before);
            }
            all.forEach(each -> assertThat(each.result()).isEqualTo(Message.of("wanted")));
        }

        @Test
        void futureIsComplete() throws Exception {
            sub.subscribe(topic("wanted"));
            var future = sub.receiveAsync();
            publisher.says(Message.of("wanted"));

            assertThat(future.get(20, TimeUnit.SECONDS)).isEqualTo(Message.of("wanted"));
        }

        @Test
        void streamGoesOn() {
            sub.subscribe(topic("wanted"));
            var heard = new CopyOnWriteArrayList<Message>();
            sub.async().publisher().subscribe(new Listener(heard));
            publisher.says(Message.of("wanted"));

            Await.until("it is heard", () -> heard.contains(Message.of("wanted")));
        }

        @Test
        void pollerReturnsWithItsTimeAndFindsTheWantedMessage() throws InterruptedException {
            sub.subscribe(topic("wanted"));
            var poller = new PollCore();
            poller.add(sub, sub, 1, null);
            assertThat(poller.poll(0)).isEmpty();
            assertThat(poller.poll(SHORT.toNanos())).isEmpty();
            var polling = Background.call("polling", () -> poller.poll(Long.MAX_VALUE));
            publisher.says(Message.of("wanted"));

            assertThat(polling.result()).hasSize(1);
            assertThat(sub.tryReceive()).isEqualTo(Message.of("wanted"));
            poller.close();
        }

        @Test
        void relayPassesTheWantedMessageOnAndCanBeStopped() throws InterruptedException {
            sub.subscribe(topic("wanted"));
            var push = socket(SocketType.PUSH);
            var pull = socket(SocketType.PULL);
            pull.bind("inproc://sink");
            push.connect("inproc://sink");
            var relay = new Relay(sub, push);
            var running = Background.run("relay", relay::run);
            publisher.says(Message.of("wanted"));

            assertThat(pull.receive(Duration.ofSeconds(20))).isEqualTo(Message.of("wanted"));
            relay.stop();
            assertThat(running.result()).isTrue();
        }
    }

    @Nested
    class AmongBrokenRequestsAndStaleReplies {
        @Test
        void repEndsWithItsTime() throws InterruptedException {
            var rep = socket(SocketType.REP);
            var client = flood(rep, Message.of("no delimiter"));
            assertThat(rep.receive(SHORT)).isNull();

            client.says(Message.of("", "ask"));
            assertThat(rep.receive(Duration.ofSeconds(20))).isEqualTo(Message.of("ask"));
        }

        @Test
        void reqEndsWithItsTime() throws InterruptedException {
            var req = socket(SocketType.REQ);
            req.set(Options.REQ_RELAXED, true);
            flood(req, Message.of("", "nobody asked"));

            assertThat(req.trySend(Message.of("ask"))).isFalse();
            assertThat(req.send(Message.of("ask"), SHORT)).isFalse();
        }
    }

    @Nested
    class WhileAPeerIsJustSending {
        private final BellRecorder sender = new BellRecorder();
        private final SocketCore pull = socket(SocketType.PULL);
        private final InprocPipe pipe = InprocPipe.pair(
                new InprocPipe.Side(pull.pipes(), 0, 0, false), new InprocPipe.Side(sender, 0, 0, false));

        WhileAPeerIsJustSending() {
            sender.sends();
            attach(pull, pipe);
        }

        @Test
        void nobodyWaitsUnderTheLock() throws InterruptedException {
            assertThat(pull.tryReceive()).isNull();
            assertThat(pull.canReceive()).isFalse();
            assertThat(pull.receive(SHORT)).isNull();
        }

        @Test
        void othersUseTheSocketAndWhatIsSentIsFound() {
            var receiving = Background.call("receiving", () -> pull.receive()).awaitInside("until");
            assertThat(pull.statistics().received()).isZero();
            pipe.peer().send(Message.of("sent at last"));

            assertThat(receiving.result()).isEqualTo(Message.of("sent at last"));
        }

        @Test
        void closeEndsReceive() {
            var receiving = Background.call("receiving", () -> pull.receive()).awaitInside("until");
            pull.close();

            assertThat(receiving.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
        }
    }

    private static final class Listener implements Flow.Subscriber<Message> {
        private final List<Message> heard;

        Listener(List<Message> heard) {
            this.heard = heard;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(Message message) {
            heard.add(message);
        }

        @Override
        public void onError(Throwable e) {}

        @Override
        public void onComplete() {}
    }
}
