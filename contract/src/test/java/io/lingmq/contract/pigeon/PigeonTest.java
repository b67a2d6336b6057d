package io.lingmq.contract.pigeon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Context;
import io.lingmq.PushSocket;
import io.lingmq.Socket;
import io.lingmq.error.EndpointException;
import io.lingmq.event.DropReason;
import io.lingmq.event.Peer;
import io.lingmq.event.SocketEvent;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Bodies;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PigeonTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** What fits in a datagram beside the sign and the header of one frame. */
    private static final int LARGEST_BODY = PigeonPacking.LARGEST - 4;

    private static int portOf(String endpoint) {
        return Integer.parseInt(endpoint.substring("pigeon://".length()));
    }

    private static void throwAt(String endpoint, String octets) throws IOException {
        var body = octets.getBytes(StandardCharsets.ISO_8859_1);
        try (var stranger = new DatagramSocket()) {
            stranger.send(new DatagramPacket(body, body.length, InetAddress.getLoopbackAddress(), portOf(endpoint)));
        }
    }

    private static long dropped(Socket socket, DropReason reason) {
        return socket.statistics().dropped().getOrDefault(reason, 0L);
    }

    @Test
    void eachMessageIsADatagram() throws Exception {
        try (var context = Context.open();
                var socket = context.push();
                var loft = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            loft.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect("pigeon://" + loft.getLocalPort());
            socket.send("one", "", "two");
            socket.send("three");

            assertThat(next(loft)).isEqualTo("P-\0\3one-\0\0.\0\3two");
            assertThat(next(loft)).isEqualTo("P.\0\5three");
        }
    }

    private static String next(DatagramSocket loft) throws IOException {
        var packet = new DatagramPacket(new byte[PigeonPacking.LARGEST], PigeonPacking.LARGEST);
        loft.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 1_400, 16_000, LARGEST_BODY})
    void messagesOfAnySizeThatFitsArrive(int size) throws InterruptedException {
        try (var context = Context.open();
                var receiver = context.pair();
                var sender = context.pair()) {
            sender.connect(receiver.bind("pigeon://*"));
            var message = Message.of(Bodies.of(size, size));
            sender.send(message);
            assertThat(receiver.receive(PATIENCE)).isEqualTo(message);
            receiver.send(message);
            assertThat(sender.receive(PATIENCE)).isEqualTo(message);
        }
    }

    @Test
    void messageThatDoesNotFitIsDroppedAndCountedAndTheNextArrives() throws InterruptedException {
        try (var context = Context.open();
                var receiver = context.pull();
                var sender = context.push()) {
            sender.connect(receiver.bind("pigeon://*"));
            for (var size : new int[] {LARGEST_BODY + 1, 100_000, 1_000_000}) {
                sender.send(Message.of(Bodies.of(size, size)));
            }
            sender.send("small");

            assertThat(receiver.receive(PATIENCE)).isEqualTo(Message.of("small"));
            assertThat(dropped(sender, DropReason.TOO_LARGE)).isEqualTo(3);
            var peer = sender.peers().get(0);
            assertThat(peer.introduction().protocol()).isEqualTo("datagrams");
            assertThat(peer.dropped()).containsEntry(DropReason.TOO_LARGE, 3L);
            Await.until("all are accounted for", () -> countsOf(sender).unsent() == 0);
            assertThat(countsOf(sender).sent()).isEqualTo(1);
            assertThat(countsOf(sender).octetsSent()).isEqualTo(2 + "small".length());
        }
    }

    private static Peer.Counts countsOf(PushSocket sender) {
        return sender.peers().get(0).counts();
    }

    @Test
    void messagesThatDoNotFitDoNotFillThePipe() throws InterruptedException {
        try (var context = Context.open();
                var receiver = context.pull();
                var sender = context.push()) {
            sender.set(Options.SEND_HWM, 2);
            sender.connect(receiver.bind("pigeon://*"));
            for (var i = 0; i < 10; i++) {
                sender.send(Message.of(Bodies.of(i, 70_000)), PATIENCE);
            }
            sender.send("small");
            assertThat(receiver.receive(PATIENCE)).isEqualTo(Message.of("small"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "P", "Q.\0\1a", "P?\0\1a", "P.\0\2a", "P-\0\1a", "P.\0\1ab", "P-\0\1a.\0", "P.\377\377"})
    void datagramThatIsNoMessageIsDroppedAndTheNextArrives(String octets) throws Exception {
        try (var context = Context.open();
                var receiver = context.pull()) {
            var endpoint = receiver.bind("pigeon://*");
            throwAt(endpoint, octets);
            throwAt(endpoint, "P.\0\5sound");

            assertThat(receiver.receive(PATIENCE)).isEqualTo(Message.of("sound"));
            assertThat(dropped(receiver, DropReason.MALFORMED)).isEqualTo(octets.isEmpty() ? 0 : 1);
            assertThat(receiver.tryReceive()).isNull();
        }
    }

    @Test
    void messageBeyondTheLargestIsDroppedAndTheLargestArrives() throws Exception {
        try (var context = Context.open();
                var receiver = context.pull()) {
            receiver.set(Options.MAX_MESSAGE_SIZE, 7L);
            var endpoint = receiver.bind("pigeon://*");
            throwAt(endpoint, "P-\0\4four.\0\4four");
            throwAt(endpoint, "P-\0\4four.\0\3the");

            assertThat(receiver.receive(PATIENCE)).isEqualTo(Message.of("four", "the"));
            assertThat(dropped(receiver, DropReason.MALFORMED)).isEqualTo(1);
        }
    }

    @Test
    void publisherSendsAllAndSubscribersChoose() throws InterruptedException {
        try (var context = Context.open();
                var publisher = context.pub();
                var first = context.sub();
                var second = context.sub()) {
            first.subscribe("a");
            second.subscribe("b");
            publisher.connect(first.bind("pigeon://*"));
            publisher.connect(second.bind("pigeon://*"));
            Await.until(
                    "both are there",
                    () -> publisher.statistics().subscriptions() > 0
                            && publisher.statistics().peers() == 2);
            for (var text : new String[] {"a1", "b1", "c1", "b2", "a2"}) {
                publisher.send(text);
            }
            assertThat(first.receive(PATIENCE)).isEqualTo(Message.of("a1"));
            assertThat(first.receive(PATIENCE)).isEqualTo(Message.of("a2"));
            assertThat(second.receive(PATIENCE)).isEqualTo(Message.of("b1"));
            assertThat(second.receive(PATIENCE)).isEqualTo(Message.of("b2"));
        }
    }

    @Test
    void receiverThatDoesNotReceiveHoldsNoMoreThanItsMarkAndHearsWhatComesLater() throws Exception {
        try (var context = Context.open();
                var receiver = context.pull();
                var sender = context.push()) {
            receiver.set(Options.RECEIVE_HWM, 10);
            sender.connect(receiver.bind("pigeon://*"));
            for (var i = 0; i < 20_000; i++) {
                sender.send(Message.of(Bodies.of(i, 1_000)), PATIENCE);
            }
            Await.until("all has flown", () -> countsOf(sender).unsent() == 0);
            assertThat(receiver.peers().get(0).counts().unread()).isLessThanOrEqualTo(10);

            Await.until("what is left is read, and what comes later", PATIENCE, () -> {
                sender.trySend(Message.of("later"));
                Message message;
                while ((message = receiver.tryReceive()) != null) {
                    if (message.equals(Message.of("later"))) {
                        return true;
                    }
                }
                return false;
            });
        }
    }

    @Test
    void whatWasSentLeavesWhenTheSocketIsClosed() throws Exception {
        try (var context = Context.open();
                var loft = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            loft.setSoTimeout((int) PATIENCE.toMillis());
            try (var sender = context.push()) {
                sender.connect("pigeon://" + loft.getLocalPort());
                for (var i = 0; i < 50; i++) {
                    sender.send("m" + i);
                }
            }
            for (var i = 0; i < 50; i++) {
                assertThat(next(loft)).endsWith("m" + i);
            }
        }
    }

    @Test
    void whatWasSentLeavesWhenABoundSocketIsClosed() throws Exception {
        try (var context = Context.open();
                var loft = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            loft.setSoTimeout((int) PATIENCE.toMillis());
            try (var publisher = context.pub()) {
                var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), portOf(publisher.bind("pigeon://*")));
                loft.send(new DatagramPacket("P.\0\1a".getBytes(StandardCharsets.ISO_8859_1), 5, to));
                Await.until("it knows whom to send to", () -> dropped(publisher, DropReason.NOT_A_SUBSCRIPTION) == 1);
                for (var i = 0; i < 50; i++) {
                    publisher.send("m" + i);
                }
            }
            for (var i = 0; i < 50; i++) {
                assertThat(next(loft)).endsWith("m" + i);
            }
        }
    }

    @Test
    void socketWhosePeerHearsNothingClosesAtOnce() throws InterruptedException {
        var context = Context.open();
        try (var sender = context.push()) {
            sender.connect("pigeon://" + unusedPort());
            sender.send("to nobody");
        }
        // The end of the peer is not waited for.
        assertThat(context.close(PATIENCE).lost()).isZero();
    }

    private static int unusedPort() {
        try (var loft = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return loft.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void addressIsFreeAfterUnbind() throws InterruptedException {
        try (var context = Context.open();
                var first = context.pull();
                var second = context.pull();
                var sender = context.push()) {
            var endpoint = first.bind("pigeon://*");
            assertThatThrownBy(() -> second.bind(endpoint))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("another socket is bound to it");
            first.unbind(endpoint);
            second.bind(endpoint);
            sender.connect(endpoint);
            sender.send("hello");
            assertThat(second.receive(PATIENCE)).isEqualTo(Message.of("hello"));
        }
    }

    @Test
    void linkThatIsRefusedIsReplacedAfterAWhile() throws InterruptedException {
        try (var context = Context.open();
                var receiver = context.pair();
                var sender = context.pair()) {
            var accepted = new CopyOnWriteArrayList<Long>();
            var first = receiver.bind("pigeon://*");
            Await.until("the only peer is there", () -> receiver.statistics().peers() == 1);
            var monitor = receiver.monitor(event -> {
                if (event instanceof SocketEvent.Accepted) {
                    accepted.add(System.nanoTime());
                }
            });
            var second = receiver.bind("pigeon://*");
            Await.until("some have come", () -> accepted.size() > 4);
            monitor.close();
            assertThat(Duration.ofNanos(accepted.get(4) - accepted.get(0))).isGreaterThan(Duration.ofMillis(200));

            receiver.unbind(first);
            sender.connect(second);
            Await.until("one of them gets through", PATIENCE, () -> {
                sender.trySend(Message.of("hello"));
                return receiver.tryReceive() != null;
            });
        }
    }

    @Test
    void typesThatADatagramCannotServeAreRefused() throws InterruptedException {
        try (var context = Context.open();
                var socket = context.req()) {
            assertThatThrownBy(() -> socket.connect("pigeon://4711"))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("a REQ socket cannot use pigeon://4711: pigeon carries PAIR, PUB, SUB, ");
        }
    }

    @Test
    void endpointThatCannotBeGuardedIsRefused() throws InterruptedException {
        try (var context = Context.open();
                var socket = context.pull()) {
            socket.set(Options.PLAIN_SERVER, true);
            assertThatThrownBy(() -> socket.bind("pigeon://*"))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("cannot be guarded by PLAIN")
                    .hasMessageContaining("leave out the options of PLAIN");
            socket.set(Options.PLAIN_SERVER, false);
            socket.set(Options.ZAP_DOMAIN, "global");
            assertThatThrownBy(() -> socket.bind("pigeon://*"))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("leave out zap-domain");
        }
    }
}
