package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.message.ErrorReply;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.ReplierSettings;
import io.lingmq.option.RequesterSettings;
import io.lingmq.option.RetryPolicy;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A null where none is allowed is refused before anything has happened, with a text that says what was null. */
class NullArgumentsTest {
    private final Context context = Context.open();
    private final DealerSocket dealer = context.dealer();
    private final ReqSocket req = context.req();
    private final SubSocket sub = context.sub();
    private final RouterSocket router = context.router();
    private final StreamSocket stream = context.stream();

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    @Test
    void nullsAreRefusedAtTheDoor() throws InterruptedException {
        dealer.bind("inproc://here"); // without a peer each send would wait
        var message = Message.of("x");
        var request = Message.of("id", "x");
        var calls = List.<ThrowingCallable>of(
                () -> dealer.trySend(null),
                () -> dealer.send((Message) null),
                () -> dealer.send(null, Duration.ZERO),
                () -> dealer.send(message, null),
                () -> dealer.sendAsync(null),
                () -> dealer.receive((Duration) null),
                () -> dealer.receive((MessageBuffer) null),
                () -> dealer.receive(null, Duration.ZERO),
                () -> dealer.receive(new MessageBuffer(), null),
                () -> dealer.tryReceive(null),
                () -> dealer.publisher().subscribe(null),
                () -> dealer.awaitPeers(1, null),
                () -> dealer.set(null, 1),
                () -> dealer.set(Options.SEND_HWM, null),
                () -> dealer.get(null),
                () -> dealer.monitor(null),
                () -> dealer.monitor(event -> {}, null),
                () -> dealer.bind(null),
                () -> dealer.connect(null),
                () -> dealer.unbind(null),
                () -> dealer.disconnect(null),
                () -> dealer.close(null),
                () -> req.request((Message) null),
                () -> req.request(null, Duration.ZERO),
                () -> req.request(message, null),
                () -> req.request((String) null),
                () -> router.sendTo((byte[]) null, message),
                () -> router.sendTo((String) null, message),
                () -> router.sendTo(new byte[1], null),
                () -> router.sendTo("id", null),
                () -> router.sendTo((byte[]) null, message, Duration.ZERO),
                () -> router.sendTo((String) null, message, Duration.ZERO),
                () -> router.sendTo("id", null, Duration.ZERO),
                () -> router.sendTo("id", message, null),
                () -> router.trySendTo((byte[]) null, message),
                () -> router.trySendTo((String) null, message),
                () -> router.trySendTo("id", null),
                () -> router.sendToAsync((byte[]) null, message),
                () -> router.sendToAsync((String) null, message),
                () -> router.sendToAsync("id", null),
                () -> router.reply(null, message),
                () -> router.reply(request, null),
                () -> router.reply(null, message, Duration.ZERO),
                () -> router.reply(request, null, Duration.ZERO),
                () -> router.reply(request, message, null),
                () -> router.tryReply(null, message),
                () -> router.tryReply(request, null),
                () -> router.replyAsync(null, message),
                () -> router.replyAsync(request, null),
                () -> stream.hangUp((byte[]) null),
                () -> stream.hangUp((String) null),
                () -> dealer.send((String) null),
                () -> dealer.send("x", (String) null),
                () -> sub.subscribe((byte[]) null),
                () -> sub.subscribe((String) null),
                () -> sub.unsubscribe((String) null));
        assertAreRefused(calls);
        assertThat(dealer.statistics().sent()).isZero();
        assertThat(dealer.statistics().received()).isZero();
        assertThat(router.statistics().dropped()).as("sent to nobody").isEmpty();
    }

    @Test
    void nullsToPollersProxiesAndContextsAreRefused() {
        try (var poller = context.poller()) {
            assertAreRefused(List.of(
                    () -> poller.add((Socket) null, Interest.READ),
                    () -> poller.add((SelectableChannel) null, Interest.READ),
                    () -> poller.add(dealer, (Interest) null),
                    () -> poller.add(dealer, Interest.READ, (Interest) null),
                    () -> poller.add(dealer, (Set<Interest>) null, "attached"),
                    () -> poller.add((Socket) null, Set.of(), "attached"),
                    () -> poller.add((SelectableChannel) null, Set.of(), "attached"),
                    () -> poller.change((Socket) null, Set.of()),
                    () -> poller.change((SelectableChannel) null, Set.of()),
                    () -> poller.change(dealer, null),
                    () -> poller.remove((Socket) null),
                    () -> poller.remove((SelectableChannel) null),
                    () -> poller.poll(null),
                    () -> Proxy.between(null, dealer),
                    () -> Proxy.between(dealer, null),
                    () -> Proxy.between(dealer, router).capture(null),
                    () -> context.socket(null),
                    () -> context.socket(null, Settings.defaults()),
                    () -> context.socket(SocketType.PAIR, null),
                    () -> context.push(null),
                    () -> Settings.of(null, 1),
                    () -> Settings.of(Options.SEND_HWM, null),
                    () -> Settings.defaults().with(null),
                    () -> Context.builder().threadNamePrefix(null),
                    () -> Context.builder().closeTimeout(null),
                    () -> Context.builder().socketDefault(null, 1),
                    () -> Context.builder().socketDefault(Options.SEND_HWM, null),
                    () -> Context.builder().socketDefaults(null),
                    () -> context.close(null)));
        }
        assertThat(dealer.bind("inproc://still-open")).as("after close(null)").isEqualTo("inproc://still-open");
    }

    @Test
    void nullsToRequestersAndRepliersAreRefused() {
        try (var requester = context.requester();
                var replier = context.replier(request -> request, Runnable::run)) {
            assertAreRefused(List.of(
                    () -> context.requester(null),
                    () -> context.replier(null, Runnable::run),
                    () -> context.replier(request -> request, null),
                    () -> context.replier(request -> request, Runnable::run, null),
                    () -> context.asyncReplier(null, Runnable::run),
                    () -> context.asyncReplier(request -> null, null),
                    () -> requester.connect(null),
                    () -> requester.disconnect(null),
                    () -> requester.bind(null),
                    () -> requester.unbind(null),
                    () -> requester.request((Message) null),
                    () -> requester.request((String) null),
                    () -> requester.request(Message.empty(), null),
                    () -> requester.request(null, Duration.ZERO),
                    () -> requester.requestAsync((Message) null),
                    () -> requester.requestAsync((String) null),
                    () -> requester.requestAsync(null, Duration.ZERO),
                    () -> requester.requestAsync(Message.empty(), null),
                    () -> RequesterSettings.defaults().withTimeout(null),
                    () -> RequesterSettings.defaults().withRetry(null),
                    () -> RequesterSettings.defaults().withSocket(null, 1),
                    () -> RequesterSettings.defaults().withSocket(Options.SEND_HWM, null),
                    () -> RetryPolicy.none().after(null),
                    () -> RetryPolicy.none().backoff(1, null),
                    () -> replier.bind(null),
                    () -> replier.connect(null),
                    () -> replier.unbind(null),
                    () -> replier.disconnect(null),
                    () -> replier.close(null),
                    () -> ReplierSettings.defaults().withDrainTime(null),
                    () -> ReplierSettings.defaults().withErrorReply(null),
                    () -> ReplierSettings.defaults().withSocket(null, 1),
                    () -> ReplierSettings.defaults().withSocket(Options.SEND_HWM, null),
                    () -> new ErrorReply(null),
                    () -> ErrorReply.in(null)));
            assertThat(requester.statistics().taken()).isZero();
        }
    }

    @Test
    void nullsToLoopsAreRefused() {
        try (var loop = context.loop()) {
            assertAreRefused(List.of(
                    () -> loop.onReceive((DealerSocket) null, message -> {}),
                    () -> loop.onReceive(dealer, null),
                    () -> loop.onReadable((Socket) null, () -> {}),
                    () -> loop.onReadable(dealer, null),
                    () -> loop.onReadable((SelectableChannel) null, () -> {}),
                    () -> loop.onWritable((Socket) null, () -> {}),
                    () -> loop.onWritable(dealer, null),
                    () -> loop.onWritable((SelectableChannel) null, () -> {}),
                    () -> loop.onClosed((Socket) null, () -> {}),
                    () -> loop.onClosed(dealer, null),
                    () -> loop.onClosed((SelectableChannel) null, () -> {}),
                    () -> loop.after(null, () -> {}),
                    () -> loop.after(Duration.ZERO, null),
                    () -> loop.every(null, () -> {}),
                    () -> loop.every(Duration.ofSeconds(1), null),
                    () -> loop.execute(null),
                    () -> loop.onError(null)));
            assertThat(loop).hasToString("loop, not running, of sockets and channels: 0, timers: 0, waiting tasks: 0");
        }
    }

    @Test
    void nullsInMessagesAreRefused() {
        var bodies = new ArrayList<byte[]>();
        bodies.add(null);
        var message = Message.of("x");
        var buffer = new MessageBuffer();
        assertAreRefused(List.of(
                () -> Message.of((String) null),
                () -> Message.of("x", (String) null),
                () -> Message.of((byte[]) null),
                () -> Message.of(new byte[1], (byte[]) null),
                () -> Message.of((ByteBuffer) null),
                () -> Message.ofFrames(null),
                () -> Message.ofFrames(bodies),
                () -> Message.wrap(null),
                () -> Message.wrapFrames(null),
                () -> Message.wrapFrames(bodies),
                () -> Message.of("x", (String[]) null),
                () -> Message.of(new byte[1], (byte[][]) null),
                () -> message.withFirst((byte[]) null),
                () -> message.withSharedFirst(null),
                () -> message.followedBy(null),
                () -> message.startsWith((byte[]) null),
                () -> message.startsWith((String) null),
                () -> message.frameEquals(0, (byte[]) null),
                () -> message.frameEquals(0, (String) null),
                () -> message.withFirst((String) null),
                () -> message.withLast((byte[]) null),
                () -> message.withLast((String) null),
                () -> message.replace(0, (byte[]) null),
                () -> message.replace(0, (String) null),
                () -> Message.of("id", "x").reply((Message) null),
                () -> Message.of("id", "x").reply((String) null),
                () -> Message.ofMixed(null),
                () -> Message.ofMixed("x", (Object) null),
                () -> Message.ofMixed("x", (Object[]) null),
                () -> Message.builder().add((byte[]) null),
                () -> Message.builder().add((String) null),
                () -> Message.builder().add((ByteBuffer) null),
                () -> Message.builder().addAll(null),
                () -> buffer.add((String) null),
                () -> buffer.add((byte[]) null),
                () -> buffer.add((byte[]) null, 0, 0),
                () -> buffer.add((ByteBuffer) null),
                () -> buffer.addAll(null),
                () -> buffer.add().append((byte[]) null, 0, 0),
                () -> buffer.append((byte[]) null),
                () -> buffer.append((String) null),
                () -> buffer.append((ByteBuffer) null)));
        assertThat(buffer.frameCount()).isEqualTo(1);
    }

    private static void assertAreRefused(List<ThrowingCallable> calls) {
        for (var call : calls) {
            assertThatThrownBy(call)
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageMatching("the .* (is|are) null");
        }
    }
}
