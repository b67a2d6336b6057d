package io.lingmq.interop;

import static io.lingmq.option.SocketType.DEALER;
import static io.lingmq.option.SocketType.PUB;
import static io.lingmq.option.SocketType.REP;
import static io.lingmq.option.SocketType.REQ;
import static io.lingmq.option.SocketType.ROUTER;
import static io.lingmq.option.SocketType.SUB;
import static io.lingmq.option.SocketType.XPUB;
import static io.lingmq.option.SocketType.XSUB;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Bodies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of our sockets and one of another library's, connected and ready to exchange messages in turn. */
final class Conversation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PROBE = Duration.ofMillis(20);
    private static final String OUR_NAME = "us";
    private static final String THEIR_NAME = "them";
    private static final byte[] SUBSCRIBE_ALL = {1};

    private final MatrixCase as;
    private final AnySocket ours;
    private final PeerSocket theirs;
    /** The routing id of their side, as our ROUTER last saw it. */
    private byte[] theirId = THEIR_NAME.getBytes(StandardCharsets.UTF_8);

    private Conversation(MatrixCase as, Context context) {
        this.as = as;
        ours = context.socket(as.ours());
        theirs = PeerProcess.shared(as.language()).open(as.theirs());
    }

    static Conversation open(MatrixCase as, Context context) throws InterruptedException {
        var conversation = new Conversation(as, context);
        conversation.nameBoth();
        conversation.subscribe();
        conversation.connect();
        conversation.awaitSubscription();
        return conversation;
    }

    private void nameBoth() {
        if (as.ours() == ROUTER && as.theirs() == ROUTER) {
            ours.set(Options.ROUTING_ID, OUR_NAME.getBytes(StandardCharsets.UTF_8));
            ours.set(Options.ROUTER_MANDATORY, true);
            theirs.name(Options.ROUTING_ID, THEIR_NAME);
            theirs.set(Options.ROUTER_MANDATORY, 1);
        }
    }

    private void subscribe() throws InterruptedException {
        if (as.ours() == SUB) {
            ours.subscribe("");
        } else if (as.ours() == XSUB) {
            ours.send(SUBSCRIBE_ALL);
        } else if (as.theirs() == SUB) {
            theirs.subscribe("");
        } else if (as.theirs() == XSUB) {
            theirs.send("hex:01");
        }
    }

    private void connect() {
        if (as.weBind()) {
            theirs.connect(ours.bind(as.endpoint()));
        } else {
            ours.connect(theirs.bind(as.endpoint()));
        }
        Await.until("the connection of " + as, () -> ours.statistics().peers() == 1);
    }

    private void awaitSubscription() throws InterruptedException {
        if (as.ours() == XPUB) {
            assertThat(Await.value("the subscription", this::reported).bytes()).isEqualTo(SUBSCRIBE_ALL);
        } else if (as.ours() == PUB) {
            Await.until("the subscription", () -> {
                theirs.poke();
                return ours.statistics().subscriptions() == 1;
            });
        } else if (as.theirs() == XPUB) {
            theirs.expect("hex:01");
        } else if (as.theirs() == PUB) {
            probeSubscription();
        }
    }

    private @Nullable Message reported() {
        theirs.poke();
        return ours.tryReceive();
    }

    /** A PUB does not say whom it knows: it publishes until something comes through. */
    private void probeSubscription() throws InterruptedException {
        var endNs = System.nanoTime() + PATIENCE.toNanos();
        do {
            assertThat(System.nanoTime())
                    .as("time for the subscription to arrive")
                    .isLessThan(endNs);
            theirs.send(PeerSocket.text("probe"));
        } while (ours.receive(PROBE) == null);
        theirs.send(PeerSocket.text("end of probes"));
        while (!receive().text().equals("end of probes")) {
            // The rest of the probes.
        }
    }

    /** Sends a message of the shape in each direction that the types allow, the natural one first. */
    void exchange(Shape shape) throws InterruptedException {
        if (theyBegin()) {
            theySend(shape);
            weSend(shape);
        } else {
            weSend(shape);
            theySend(shape);
        }
    }

    private boolean theyBegin() {
        return switch (as.ours()) {
            case REP, SUB, XSUB, PULL -> true;
            case ROUTER -> as.theirs() != ROUTER;
            default -> false;
        };
    }

    private void weSend(Shape shape) throws InterruptedException {
        if (as.ours().sends() && as.theirs().receives()) {
            var message = shape.message();
            if (hasDelimiter(as.ours(), as.theirs())) {
                message = message.withFirst(new byte[0]);
            }
            if (as.ours() == ROUTER) {
                message = message.withFirst(theirId);
            }
            assertThat(ours.send(message, PATIENCE)).as("sent %s", shape).isTrue();
            theirs.expect(theirEnvelope("*") + shape.words());
        }
    }

    private void theySend(Shape shape) throws InterruptedException {
        if (as.theySend() && as.ours().receives()) {
            theirs.send(theirEnvelope(as.ours() == ROUTER ? PeerSocket.text(OUR_NAME) : "@") + shape.words());
            var message = receive();
            if (as.ours() == ROUTER) {
                theirId = message.bytes();
                message = message.withoutFirst(1);
            }
            if (hasDelimiter(as.ours(), as.theirs())) {
                assertThat(message.size(0)).as("delimiter").isZero();
                message = message.withoutFirst(1);
            }
            compare(shape, message);
        }
    }

    private Message receive() throws InterruptedException {
        @Nullable Message message = ours.receive(PATIENCE);
        assertThat(message).as("a message within %s", PATIENCE).isNotNull();
        return message;
    }

    private static void compare(Shape shape, Message message) {
        assertThat(message.frameCount()).as("frames of %s", shape).isEqualTo(shape.frames());
        for (var i = 0; i < shape.frames(); i++) {
            assertThat(Bodies.difference(shape.message().sharedArray(i), message.sharedArray(i)))
                    .as("frame %d of %s", i, shape)
                    .isEmpty();
        }
    }

    private String theirEnvelope(String address) {
        var delimiter = hasDelimiter(as.theirs(), as.ours()) ? "hex:," : "";
        return as.theirs() == ROUTER ? address + "," + delimiter : delimiter;
    }

    /** Whether the application on the first side sees the empty frame that REQ and REP put in and take out. */
    private static boolean hasDelimiter(SocketType mine, SocketType others) {
        return (mine == DEALER && others == REP) || (mine == ROUTER && others == REQ);
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
    }
}
