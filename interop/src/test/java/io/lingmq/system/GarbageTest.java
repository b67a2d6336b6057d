package io.lingmq.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lingmq.PairSocket;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.testkit.Background;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sending and receiving leave to the garbage collector, counted in all threads that take part. */
@Timeout(180)
class GarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MESSAGES = 200_000;
    private static final int ROUND_TRIPS = 20_000;
    /** Each round is a warm-up for the next: how late the compiler comes depends on the machine. */
    private static final int MOST_ROUNDS = 40;

    /** What comes now and then and not with each message: a segment, a poll of this test. */
    private static final long NEXT_TO_NOTHING = 100_000;

    /** A trip has taken less than the smallest object if no more than this much was allocated for each. */
    private static final long LESS_THAN_AN_OBJECT = 15;

    private static final byte[] BODY = new byte[64];

    private interface Step {
        void run() throws InterruptedException;
    }

    /** Bytes that each side allocated in its leanest round, and the I/O threads in theirs. */
    private record Garbage(long here, long there, long io) {
        private static final Garbage UNKNOWN = new Garbage(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        Garbage orLess(Garbage other) {
            return new Garbage(Math.min(here, other.here), Math.min(there, other.there), Math.min(io, other.io));
        }

        /** Whether no side allocated more than what is given for each of so many steps, and next to nothing besides. */
        boolean isWithin(long times, long hereEach, long thereEach) {
            return here < times * hereEach + NEXT_TO_NOTHING
                    && there < times * thereEach + NEXT_TO_NOTHING
                    && io < NEXT_TO_NOTHING;
        }
    }

    /** Repeats a step on each side, one in a thread of its own, until it is as lean as wanted. */
    private static Garbage of(int times, Step here, Step there, Predicate<Garbage> leanEnough)
            throws InterruptedException {
        var least = Garbage.UNKNOWN;
        for (var round = 0; round < MOST_ROUNDS && !leanEnough.test(least); round++) {
            var io = ioThreads();
            var inOther = Background.call("other side", () -> allocated(times, there));
            var own = allocated(times, here);
            var other = inOther.result(Duration.ofMinutes(2));
            least = least.orLess(new Garbage(own, other, ioThreads() - io));
        }
        return least;
    }

    private static Garbage of(int times, Step here, Step there) throws InterruptedException {
        return of(times, here, there, garbage -> garbage.isWithin(times, 0, 0));
    }

    private static long allocated(int times, Step step) throws InterruptedException {
        var before = THREADS.getCurrentThreadAllocatedBytes();
        for (var i = 0; i < times; i++) {
            step.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static long ioThreads() {
        var sum = 0L;
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("lingmq")) {
                sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getId()));
            }
        }
        return sum;
    }

    private static void assertNextToNothing(Garbage garbage) {
        assertThat(garbage.here()).as("in this thread").isLessThan(NEXT_TO_NOTHING);
        assertThat(garbage.there()).as("in the other thread").isLessThan(NEXT_TO_NOTHING);
        assertThat(garbage.io()).as("in the I/O threads").isLessThan(NEXT_TO_NOTHING);
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC", mode = EnumSource.Mode.EXCLUDE)
    void streamOfBuffersLeavesNone(Transport transport) throws InterruptedException {
        try (var fixture = new SocketFixture(transport);
                var push = fixture.context().push();
                var pull = fixture.context().pull()) {
            fixture.join(pull, push);
            var out = new MessageBuffer();
            var in = new MessageBuffer();
            assertNextToNothing(of(MESSAGES, () -> push.send(out.clear().add(BODY)), () -> pull.receive(in)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC", mode = EnumSource.Mode.EXCLUDE)
    void subscriberWithATopicLeavesNone(Transport transport) throws InterruptedException {
        try (var fixture = new SocketFixture(transport);
                var xpub = fixture.context().xpub();
                var sub = fixture.context().sub()) {
            xpub.set(Options.XPUB_NO_DROP, true);
            fixture.join(xpub, sub);
            sub.subscribe(new byte[8]);
            SocketFixture.awaitTopics(xpub, 1);
            var out = new MessageBuffer();
            var in = new MessageBuffer();
            assertNextToNothing(of(MESSAGES, () -> xpub.send(out.clear().add(BODY)), () -> sub.receive(in)));
        }
    }

    /** Each message is waited for: by looking, or, without the time to look, asleep. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC", mode = EnumSource.Mode.EXCLUDE)
    void waitingLeavesNone(Transport transport) throws InterruptedException {
        assertNoObjects(roundTrips(transport, Duration.ofNanos(100_000)));
        assertNoObjects(roundTrips(transport, Duration.ZERO));
    }

    /**
     * Not with each trip, that is: a thread that meets another one at a lock of the JDK's gets a place in its queue.
     */
    private static void assertNoObjects(Garbage garbage) {
        assertThat(isWithoutObjects(garbage))
                .as("%s in %s trips", garbage, ROUND_TRIPS)
                .isTrue();
    }

    private static boolean isWithoutObjects(Garbage garbage) {
        return garbage.isWithin(ROUND_TRIPS, LESS_THAN_AN_OBJECT, LESS_THAN_AN_OBJECT);
    }

    private static Garbage roundTrips(Transport transport, Duration spinTime) throws InterruptedException {
        try (var fixture = new SocketFixture(transport);
                var one = pair(fixture, spinTime);
                var other = pair(fixture, spinTime)) {
            fixture.join(one, other);
            var question = new MessageBuffer();
            var answer = new MessageBuffer();
            return of(
                    ROUND_TRIPS,
                    () -> {
                        one.send(question.clear().add(BODY));
                        one.receive(question);
                    },
                    () -> {
                        other.receive(answer);
                        other.send(answer);
                    },
                    GarbageTest::isWithoutObjects);
        }
    }

    private static PairSocket pair(SocketFixture fixture, Duration spinTime) {
        var socket = fixture.context().pair();
        socket.set(Options.SPIN_TIME, spinTime);
        return socket;
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC", mode = EnumSource.Mode.EXCLUDE)
    void ordinaryMessageIsABodyAndLittleElse(Transport transport) throws InterruptedException {
        try (var fixture = new SocketFixture(transport);
                var push = fixture.context().push();
                var pull = fixture.context().pull()) {
            fixture.join(pull, push);
            var message = Message.of(BODY);
            var garbage =
                    of(MESSAGES, () -> push.send(message), pull::receive, lean -> lean.isWithin(MESSAGES, 0, 111));
            assertThat(garbage.here()).as("sending").isLessThan(NEXT_TO_NOTHING);
            assertThat(garbage.there() / MESSAGES).as("per message received").isBetween(80L, 112L);
            assertThat(garbage.io()).as("in the I/O threads").isLessThan(NEXT_TO_NOTHING);
        }
    }

    /** The message that goes by reference is made of the sender's buffer; the receiver copies it out of that. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC")
    void inprocAllocatesWhereItSends(Transport transport) throws InterruptedException {
        try (var fixture = new SocketFixture(transport);
                var push = fixture.context().push();
                var pull = fixture.context().pull()) {
            fixture.join(pull, push);
            var out = new MessageBuffer();
            var in = new MessageBuffer();
            var garbage = of(
                    MESSAGES,
                    () -> push.send(out.clear().add(BODY)),
                    () -> pull.receive(in),
                    lean -> lean.isWithin(MESSAGES, 179, 0));
            assertThat(garbage.here() / MESSAGES).as("per message sent").isBetween(80L, 180L);
            assertThat(garbage.there()).as("receiving").isLessThan(NEXT_TO_NOTHING);
        }
    }
}
