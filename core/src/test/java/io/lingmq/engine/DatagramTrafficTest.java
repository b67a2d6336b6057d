package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.Inbound;
import io.lingmq.guard.LogTrap;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramTrafficTest {
    private static final int LARGEST = 100;

    /** Frames as they are. */
    private static final Packing AS_IT_IS = new Packing() {
        @Override
        public boolean pack(ByteBuffer frames, ByteBuffer datagram) {
            if (frames.remaining() > LARGEST) {
                return false;
            }
            datagram.put(frames);
            return true;
        }

        @Override
        public void unpack(ByteBuffer datagram, ChainWriter into) throws ProtocolException {
            if (datagram.get() < 0) {
                throw new ProtocolException("no message");
            }
            into.put(datagram.rewind(), datagram.remaining());
        }
    };

    /** A packing of which one half is of interest. */
    private static Packing packing(BiPredicate<ByteBuffer, ByteBuffer> pack) {
        return new Packing() {
            @Override
            public boolean pack(ByteBuffer frames, ByteBuffer datagram) {
                return pack.test(frames, datagram);
            }

            @Override
            public void unpack(ByteBuffer datagram, ChainWriter into) {
                throw new IllegalStateException("nothing is read here");
            }
        };
    }

    private static Packing unpacking(BiConsumer<ByteBuffer, ChainWriter> unpack) {
        return new Packing() {
            @Override
            public boolean pack(ByteBuffer frames, ByteBuffer datagram) {
                throw new IllegalStateException("nothing is written here");
            }

            @Override
            public void unpack(ByteBuffer datagram, ChainWriter into) {
                unpack.accept(datagram, into);
            }
        };
    }

    private static FakeChannel channel() {
        return channel(AS_IT_IS);
    }

    private static FakeChannel channel(Packing packing) {
        return new FakeChannel(new DatagramOutbound(packing));
    }

    private static Inbound inbound(ChainWriter into, SocketType type) {
        return new DatagramTraffic(AS_IT_IS, type.publishes()).inbound(into, -1, (command, inMessage) -> {});
    }

    private static Inbound inbound(Packing packing) {
        return new DatagramTraffic(packing, false).inbound(new ChainWriter(), -1, (command, inMessage) -> {});
    }

    private static byte[] octets(Message... messages) {
        return FakeChannel.octets(List.of(messages));
    }

    @Test
    void oneFillGivesOneMessage() {
        var channel = channel();
        channel.pipe.send(Message.of("a", "b"));
        channel.pipe.send(Message.of("c"));

        channel.write(1_000, 1_000);
        assertThat(channel.written()).isEqualTo(octets(Message.of("a", "b")));
        assertThat(channel.messagesGone()).isEqualTo(1);
        channel.write(1_000, 1_000);
        assertThat(channel.written()).isEqualTo(octets(Message.of("c")));
        assertThat(channel.pipe.hasOutput()).isFalse();
    }

    @Test
    void datagramThatWasNotTakenIsGivenAgain() {
        var channel = channel();
        channel.pipe.send(Message.of("a"));

        assertThat(channel.write(1_000, 0)).isZero();
        channel.pipe.send(Message.of("b"));
        channel.write(1_000, 1_000);

        assertThat(channel.written()).isEqualTo(octets(Message.of("a")));
    }

    @Test
    void fillTellsWhetherMoreFollows() {
        var channel = channel();
        channel.pipe.send(Message.of("a"));
        assertThat(channel.outflow.fill(ByteBuffer.allocate(100), channel.pipe)).isFalse();
        channel.pipe.send(Message.of("b"));
        assertThat(channel.outflow.fill(ByteBuffer.allocate(100), channel.pipe)).isTrue();
    }

    @Test
    void messageThatDoesNotFitIsPassedOver() {
        var channel = channel();
        channel.pipe.send(Message.of(Bodies.of(1, LARGEST)));
        channel.pipe.send(Message.of(Bodies.of(2, 1_000_000), Bodies.of(3, 1)));
        channel.pipe.send(Message.of("fits"));
        channel.pipe.send(Message.of(Bodies.of(4, LARGEST)));

        assertThat(channel.writeAll(1_000, 1_000).written()).isEqualTo(octets(Message.of("fits")));
        assertThat(channel.pipe.hasOutput()).isFalse();
        assertThat(channel.pipe.unsent()).isEqualTo(1); // what the connection itself tells the pipe is gone
        assertThat(channel.messagesGone()).isEqualTo(1);
    }

    @Test
    void senderOfMessagesThatDoNotFitKeepsNobodyBusyForEver() {
        var sender = new AtomicReference<Runnable>(() -> {});
        var looks = new AtomicInteger();
        var channel = channel(packing((frames, datagram) -> {
            assertThat(looks.incrementAndGet()).isLessThan(1_000);
            sender.get().run(); // which is as fast
            return false;
        }));
        sender.set(() -> channel.pipe.send(Message.of("more")));
        channel.pipe.send(Message.of("first"));

        assertThat(channel.outflow.fill(ByteBuffer.allocate(1_000), channel.pipe))
                .isTrue();
    }

    @Test
    void messageThatRunsOverTheDatagramDoesNotFit() {
        var channel = channel(packing((frames, datagram) -> {
            datagram.limit(LARGEST).put(frames);
            return true;
        }));
        channel.pipe.send(Message.of(Bodies.of(1, LARGEST)));
        channel.pipe.send(Message.of("fits"));

        assertThat(channel.writeAll(1_000, 1_000).written()).isEqualTo(octets(Message.of("fits")));
        assertThat(channel.pipe.hasOutput()).isFalse();
    }

    @Test
    void noLargeBufferIsKeptWhenAllIsWritten() {
        var capacity = new AtomicInteger();
        var channel = channel(packing((frames, datagram) -> {
            capacity.set(frames.capacity());
            datagram.put(frames);
            return true;
        }));
        channel.pipe.send(Message.of(Bodies.of(1, 50_000)));
        channel.write(100_000, 100_000);
        channel.pipe.send(Message.of("small"));
        channel.write(100_000, 100_000);
        assertThat(capacity.get()).isLessThan(4_000);
    }

    @Test
    void commandsGoNowhere() {
        var channel = channel();
        channel.subscribe("topic");
        channel.outflow.addUrgent(Zmtp.frame(4, new byte[] {1}));

        assertThat(channel.writeAll(1_000, 1_000).written()).isEmpty();
        assertThat(channel.pipe.hasOutput()).isFalse();
    }

    @Test
    void nextConnectionSendsWhatThisOneHasNot() {
        var channel = channel();
        channel.pipe.send(Message.of("a"));
        channel.write(1_000, 0);
        assertThat(channel.outflow.lost(channel.pipe)).isZero();

        var target = ByteBuffer.allocate(100);
        new DatagramOutbound(AS_IT_IS).fill(target, channel.pipe);
        assertThat(target.position()).isEqualTo(octets(Message.of("a")).length);
    }

    @Test
    void publisherIsToldThatAllIsWanted() throws ProtocolException {
        var chain = new ChainWriter();
        var inbound = inbound(chain, SocketType.PUB);
        inbound.decode(ByteBuffer.allocate(0));
        assertThat(inbound.takeCount()).isEqualTo(1);
        chain.publish();
        assertThat(chain.reader().take(3)).containsExactly(0, 1, 1);
    }

    @Test
    void datagramThatIsNoMessageLeavesNothingBehind() throws ProtocolException {
        var chain = new ChainWriter();
        var inbound = inbound(chain, SocketType.PULL);
        inbound.decode(ByteBuffer.wrap(new byte[] {-1, 5}));
        inbound.decode(ByteBuffer.wrap(octets(Message.of("sound"))));

        assertThat(inbound.takeDropped()).isEqualTo(1);
        assertThat(inbound.takeDropped()).isZero();
        assertThat(inbound.takeCount()).isEqualTo(1);
        chain.publish();
        assertThat(chain.reader().refresh()).isEqualTo(7);
    }

    @ParameterizedTest
    @MethodSource("whatIsNotOneMessage")
    void datagramThatIsNotOneMessageIsDropped(byte[] octets) throws ProtocolException {
        var chain = new ChainWriter();
        var inbound = inbound(chain, SocketType.PULL);
        inbound.decode(ByteBuffer.wrap(octets));
        assertThat(inbound.takeCount()).isZero();
        assertThat(inbound.takeDropped()).isEqualTo(1);
        inbound.decode(ByteBuffer.wrap(octets(Message.of("sound"))));
        assertThat(inbound.takeCount()).isEqualTo(1);
        chain.publish();
        assertThat(chain.reader().refresh()).isEqualTo(7);
    }

    static List<byte[]> whatIsNotOneMessage() {
        return List.of(
                Zmtp.frame(Zmtp.MORE, new byte[10]),
                Zmtp.frame(Zmtp.MORE, Bodies.of(1, 5_000)),
                Zmtp.longFrame(0, 9, new byte[8]),
                Zmtp.subscribe("a"),
                Hex.join(Zmtp.subscribe("a"), octets(Message.of("one"))),
                octets(Message.of("one"), Message.of("two")),
                new byte[] {0});
    }

    @Test
    void datagramOfWhichNoFrameComesIsDropped() throws ProtocolException {
        var inbound = inbound(unpacking((datagram, into) -> {}));
        inbound.decode(ByteBuffer.wrap(new byte[] {1}));
        assertThat(inbound.takeCount()).isZero();
        assertThat(inbound.takeDropped()).isEqualTo(1);
    }

    @Test
    void datagramThatAPackingStumblesOverIsDropped() throws ProtocolException {
        var inbound = inbound(unpacking((datagram, into) -> datagram.position(datagram.get())));
        inbound.decode(ByteBuffer.wrap(new byte[] {100}));
        assertThat(inbound.takeDropped()).isEqualTo(1);
    }

    @Test
    void packingMayReadAndWriteInItsOwnOrderOfOctets() throws ProtocolException {
        var buffer = ByteBuffer.allocate(1_000);
        var channel = channel(packing((frames, datagram) -> {
            datagram.order(ByteOrder.LITTLE_ENDIAN).putShort((short) 1);
            return true;
        }));
        channel.pipe.send(Message.of("a"));
        channel.outflow.fill(buffer, channel.pipe);
        assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(buffer.flip().remaining()).isEqualTo(2);

        inbound(unpacking((datagram, into) -> datagram.order(ByteOrder.LITTLE_ENDIAN)))
                .decode(buffer);
        assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 5_000, 60_000})
    void messageMayBeAsLargeAsTheOptionSays(int size) throws ProtocolException {
        var octets = octets(Message.of(new byte[size], new byte[300]));
        for (var spare = -1; spare < 2; spare++) {
            var most = size + 300 + spare;
            var inbound = new DatagramTraffic(AS_IT_IS, false).inbound(new ChainWriter(), most, (command, in) -> {});
            inbound.decode(ByteBuffer.wrap(octets));
            assertThat(inbound.takeCount()).isEqualTo(spare < 0 ? 0 : 1);
        }
    }

    @Test
    void whatIsDiscardedIsNoMessage() throws ProtocolException {
        var inbound = inbound(new ChainWriter(), SocketType.PULL);
        inbound.discard();
        inbound.decode(ByteBuffer.wrap(octets(Message.of("late"))));
        assertThat(inbound.takeCount()).isZero();
    }

    @Test
    void messageThatAPackingStumblesOverIsPassedOver() {
        var stumbling = new Packing() {
            @Override
            public boolean pack(ByteBuffer frames, ByteBuffer datagram) {
                if (frames.get(2) == 'x') {
                    throw new IllegalStateException("on purpose");
                }
                return AS_IT_IS.pack(frames, datagram);
            }

            @Override
            public void unpack(ByteBuffer datagram, ChainWriter into) throws ProtocolException {
                AS_IT_IS.unpack(datagram, into);
            }
        };
        var channel = new FakeChannel(new DatagramOutbound(stumbling));
        channel.pipe.send(Message.of("x"));
        channel.pipe.send(Message.of("x2"));
        channel.pipe.send(Message.of("y"));

        var lines = new ArrayList<String>();
        var log = new LogTrap(lines::add);
        try {
            assertThat(channel.writeAll(100, 100).written()).isEqualTo(octets(Message.of("y")));
        } finally {
            log.close();
        }
        assertThat(lines).singleElement().asString().contains("failed; messages that it fails for are dropped");
    }

    @Test
    void linkThatTakesAPartOfADatagramIsToldSo() {
        var channel = channel();
        channel.pipe.send(Message.of("a"));

        assertThatThrownBy(() -> channel.write(100, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must take all or nothing");
    }
}
