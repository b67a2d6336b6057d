package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.chain.ChainReader;
import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.FrameWalker;
import io.lingmq.frame.MessageReader;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Background;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Pipes that now and then share a broadcast, beside plain queues of messages. */
class BroadcastModelTest {
    private static final int LARGEST = 9000;

    @Test
    void eachPipeBringsItsMessagesInOrder() {
        var random = Seed.random("BroadcastModelTest.eachPipeBringsItsMessagesInOrder");
        for (var round = 0; round < 60; round++) {
            var publisher = new Publisher(random, 2 + random.nextInt(5));
            for (var step = 0; step < 600; step++) {
                publisher.send();
                publisher
                        .subscribers
                        .get(random.nextInt(publisher.subscribers.size()))
                        .readSome(random);
            }
            publisher.subscribers.forEach(Subscriber::readAll);
            publisher.assertAllAccountedFor();
        }
    }

    @Test
    void readersInOtherThreadsSeeTheirMessagesInOrder() throws InterruptedException {
        var random = Seed.random("BroadcastModelTest.readersInOtherThreadsSeeTheirMessagesInOrder");
        var publisher = new Publisher(random, 3);
        var done = new AtomicBoolean();
        var readers = new ArrayList<Background<Boolean>>();
        for (var subscriber : publisher.subscribers) {
            var itsOwn = new Random(random.nextLong());
            readers.add(Background.run("reader", () -> {
                while (!done.get()) {
                    subscriber.readSome(itsOwn);
                }
                subscriber.readAll();
            }));
        }
        for (var step = 0; step < 60_000; step++) {
            publisher.send();
        }
        done.set(true);
        for (var reader : readers) {
            assertThat(reader.result()).isTrue();
        }
        publisher.assertAllAccountedFor();
    }

    /** Sends to all, together or singly, and to some alone. */
    private static final class Publisher {
        private final Random random;
        private final Owner owner = new Owner();
        private final List<Subscriber> subscribers = new ArrayList<>();
        private Broadcast broadcast;
        private long missed;

        Publisher(Random random, int count) {
            this.random = random;
            for (var i = 0; i < count; i++) {
                subscribers.add(new Subscriber(owner, random.nextInt(3) == 0 ? 20 + random.nextInt(500) : 0));
            }
        }

        void send() {
            owner.lock.lock();
            try {
                sendUnderLock();
            } finally {
                owner.letGo();
            }
        }

        private void sendUnderLock() {
            switch (random.nextInt(40)) {
                case 0 -> begin();
                case 1 -> end();
                case 2 -> sendTo(subscribers.get(random.nextInt(subscribers.size())));
                case 3 ->
                    subscribers.get(random.nextInt(subscribers.size())).pipe.restOutputUnderLock();
                default -> sendToAll();
            }
        }

        private void begin() {
            if (broadcast == null || broadcast.isOver()) {
                broadcast = Broadcast.to(pipes());
            }
        }

        private List<Pipe> pipes() {
            return subscribers.stream().<Pipe>map(subscriber -> subscriber.pipe).toList();
        }

        private void end() {
            if (broadcast != null) {
                broadcast.end();
            }
        }

        private void sendTo(Subscriber one) {
            var message = message();
            one.expected.add(message.toMessage());
            if (!one.pipe.send(message)) {
                missed++;
            }
        }

        private void sendToAll() {
            if (broadcast == null || broadcast.isOver()) {
                subscribers.forEach(this::sendTo);
                return;
            }
            var message = message();
            subscribers.forEach(subscriber -> subscriber.expected.add(message.toMessage()));
            missed += broadcast.send(message);
        }

        void assertAllAccountedFor() {
            assertThat(subscribers.stream().mapToLong(Subscriber::missed).sum()).isEqualTo(missed);
        }

        private Frames message() {
            var frames = new ArrayList<byte[]>();
            do {
                var large = random.nextInt(20) == 0;
                frames.add(Seed.bytes(random, random.nextInt(large ? LARGEST : 100)));
            } while (random.nextInt(4) == 0);
            var message = Message.ofFrames(frames);
            return random.nextBoolean() ? message : new MessageBuffer().addAll(message);
        }
    }

    /** A socket that nobody waits for. */
    private static final class Owner implements PipeOwner {
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public void rung(Doorbell bell) {}

        @Override
        public boolean tryHold() {
            return lock.tryLock();
        }

        @Override
        public void letGo() {
            lock.unlock();
        }
    }

    /** A pipe, what it should bring, and a connection that reads it. */
    private static final class Subscriber {
        private final WirePipe pipe;
        private final ConcurrentLinkedDeque<Message> expected = new ConcurrentLinkedDeque<>();
        private final ByteBuffer buffer = ByteBuffer.allocate(4 * LARGEST);
        private final FrameWalker walker = new FrameWalker();
        private final ChainWriter received = new ChainWriter();
        private final ChainReader receivedReader = received.reader();
        private final MessageReader messages = new MessageReader(receivedReader);

        private final boolean marked;
        private long missed;

        Subscriber(Owner owner, int mark) {
            marked = mark > 0;
            pipe = new WirePipe(owner, mark, 0, false);
            pipe.connectionIs(new ConnectionRecorder());
        }

        void readSome(Random random) {
            if (random.nextInt(500) == 0) {
                pipe.dropArrays();
            }
            read(random.nextInt(buffer.capacity()));
        }

        void readAll() {
            while (pipe.output().refresh() > 0) {
                read(buffer.capacity());
            }
            assertThat(walker.betweenMessages()).isTrue();
        }

        /** How many messages did not come; of a pipe without mark none. */
        long missed() {
            missed += expected.size();
            assertThat(marked || missed == 0).isTrue();
            return missed;
        }

        private void read(int most) {
            var output = pipe.output();
            output.copyTo(buffer.clear().limit(most));
            buffer.flip();
            var count = buffer.remaining();
            received.put(buffer, count);
            var before = walker.messages();
            walker.walk(output, count);
            var whole = walker.messages() - before;
            pipe.taken(whole);
            received.publishAll();
            for (var i = 0; i < whole; i++) {
                receivedReader.refresh();
                var message = messages.take();
                while (!message.equals(expected.peek())) {
                    assertThat(expected.poll()).as("the one that came").isNotNull();
                    missed++;
                }
                expected.remove();
            }
        }
    }
}
