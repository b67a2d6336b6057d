package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.OldZmtp;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Subscription;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * One pipe and its connections to peers of all versions, each lost at any octet. Messages come once and in order, but
 * for one that a lost connection had begun; subscriptions come whole, in order, and those of the present connection
 * alone; what is urgent comes in order; and nothing stands between two frames of a message.
 */
class OutboundModelTest {
    private static final int ROUNDS = 100;
    private static final int STEPS = 100;
    private static final int LARGEST_BODY = 40_000;
    private static final int LARGEST_TOPIC = 20_000;

    /** What the peers must be told, and a pipe with its present connection. */
    private static final class World {
        final Random random;
        final WirePipe pipe = new WirePipe(new BellRecorder(), 0, 0, false);
        final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        final List<Message> messages = new ArrayList<>();
        /** What this connection's peer is to hear beside messages. */
        final List<byte[]> subscriptions = new ArrayList<>();

        final List<byte[]> urgent = new ArrayList<>();
        Dialect dialect = Dialect.ZMTP_3_1;
        Outbound outbound = new Outflow(dialect);
        int firstOfConnection;
        long gone;
        int made;

        World(Random random) {
            this.random = random;
            connect();
        }

        void connect() {
            dialect = Dialect.values()[random.nextInt(Dialect.values().length)];
            outbound = new ZmtpTraffic(dialect, false, null).outbound();
            pipe.connectionIs(new ConnectionRecorder());
            pipe.opened(new byte[0]);
            heard.reset();
            subscriptions.clear();
            urgent.clear();
            gone = 0;
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0, 1 -> send();
                case 2 -> subscribe();
                case 3 -> hurry();
                case 4 -> pipe.dropArrays();
                default -> write(1 + random.nextInt(50_000), random.nextInt(50_000));
            }
        }

        private void send() {
            var frames = new byte[1 + random.nextInt(3)][];
            for (var i = 0; i < frames.length; i++) {
                var most = random.nextInt(4) == 0 ? LARGEST_BODY : 300;
                frames[i] = Bodies.of(++made, random.nextInt(most));
            }
            var message = Message.ofFrames(List.of(frames));
            messages.add(message);
            pipe.send(message);
        }

        private void subscribe() {
            var topic = Bodies.of(++made, random.nextInt(random.nextBoolean() ? 300 : LARGEST_TOPIC));
            subscriptions.add(
                    dialect == Dialect.ZMTP_3_1
                            ? Zmtp.frame(Zmtp.COMMAND, Zmtp.commandBody("SUBSCRIBE", topic))
                            : frame(0, Hex.join(new byte[] {1}, topic)));
            pipe.sendSubscription(new Subscription(true, topic));
        }

        private void hurry() {
            if (dialect.hasCommands()) {
                var pong = Zmtp.pong("number " + ++made);
                urgent.add(pong);
                outbound.addUrgent(pong);
            }
        }

        private boolean write(int bufferSize, int most) {
            var buffer = ByteBuffer.allocate(bufferSize);
            var more = outbound.fill(buffer, pipe);
            var left = Math.min(most, buffer.position());
            heard.write(buffer.array(), 0, left);
            while (left > 0) { // the channel takes it in pieces
                var count = 1 + random.nextInt(left);
                var ended = outbound.wrote(count, pipe);
                pipe.taken(ended);
                gone += ended;
                left -= count;
            }
            return more || most < buffer.position();
        }

        void writeAll() {
            while (write(60_000, 60_000)) {
                // goes on until it is said that there is nothing more
            }
            assertThat(pipe.hasOutput()).isFalse();
            assertThat(outbound.fill(ByteBuffer.allocate(10), pipe)).isFalse();
        }

        /** The connection is lost; returns what its peer heard behind the last thing that came whole. */
        void lose() {
            var tail = check();
            var lost = outbound.lost(pipe);
            pipe.taken(lost);
            pipe.connectionIs(null);
            if (lost == 1) {
                assertThat(tail).as("of a message that is lost").isNotEmpty();
                assertThat(encoded(messages.get(firstOfConnection + (int) gone)))
                        .startsWith(tail);
            } else if (tail.length > 0) {
                assertThat(isBegun(tail, urgent) || isBegun(tail, subscriptions))
                        .as("no message has begun")
                        .isTrue();
            }
            firstOfConnection += (int) (gone + lost);
            if (random.nextBoolean()) {
                pipe.sendSubscription(new Subscription(true, Zmtp.ascii("too late")));
            }
            pipe.closed();
            connect();
        }

        private static boolean isBegun(byte[] tail, List<byte[]> next) {
            return !next.isEmpty() && startsWith(next.get(0), 0, tail);
        }

        /** Checks what the peer has heard; takes from the lists what has come whole, and returns what is left. */
        byte[] check() {
            var octets = heard.toByteArray();
            var at = 0;
            var next = firstOfConnection;
            var size = -1;
            while (at < octets.length && size != 0) {
                size = taken(octets, at, urgent);
                size = size == 0 ? taken(octets, at, subscriptions) : size;
                if (size == 0 && next < messages.size() && startsWith(octets, at, encoded(messages.get(next)))) {
                    size = encoded(messages.get(next++)).length;
                }
                at += size;
            }
            assertThat(gone).as("messages that have gone").isEqualTo(next - firstOfConnection);
            return Arrays.copyOfRange(octets, at, octets.length);
        }

        private static int taken(byte[] octets, int at, List<byte[]> from) {
            return !from.isEmpty() && startsWith(octets, at, from.get(0)) ? from.remove(0).length : 0;
        }

        private static boolean startsWith(byte[] octets, int at, byte[] with) {
            return at + with.length <= octets.length
                    && Arrays.equals(octets, at, at + with.length, with, 0, with.length);
        }

        private byte[] encoded(Message message) {
            var all = new byte[0];
            for (var i = 0; i < message.frameCount(); i++) {
                all = Hex.join(all, frame(i < message.frameCount() - 1 ? Zmtp.MORE : 0, message.bytes(i)));
            }
            return all;
        }

        private byte[] frame(int flags, byte[] body) {
            return dialect.hasOldFrames() ? OldZmtp.frame1(flags, body) : Zmtp.frame(flags, body);
        }
    }

    @Test
    void everyPeerHearsWhatTheModelSays() {
        var random = Seed.random("OutboundModelTest");
        for (var round = 0; round < ROUNDS; round++) {
            var world = new World(random);
            for (var connection = 0; connection < 5; connection++) {
                var steps = random.nextInt(STEPS);
                for (var step = 0; step < steps; step++) {
                    world.step();
                }
                world.lose();
            }
            world.writeAll();

            assertThat(world.check()).as("nothing is left over").isEmpty();
            assertThat(world.firstOfConnection + world.gone).isEqualTo(world.messages.size());
            assertThat(world.subscriptions).isEmpty();
            assertThat(world.urgent).isEmpty();
        }
    }
}
