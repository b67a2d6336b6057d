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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sending and receiving leave to the garbage collector, counted in all threads that take part. */
@Timeout(180)
class GarbageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MESSAGES = 200_000;
    private static final int ROUND_TRIPS = 20_000;
    /** Each round is worth a warm-up for the next; a compiler that comes late spoils one of them, not all. */
    private static final int ROUNDS = 5;
    /** What comes now and then and not with each message: a segment, a poll of this test. */
    private static final long NEXT_TO_NOTHING = 100_000;

    private static final byte[] BODY = new byte[64];

    private interface Step {
        void run() throws InterruptedException;
    }

    /** Bytes that each side allocated in its leanest round, and the I/O threads in theirs. */
    private record Garbage(long here, long there, long io) {}

    /** Repeats a step on each side, one in a thread of its own. */
    private static Garbage of(int times, Step here, Step there) throws InterruptedException {
        var inOther = Background.call("other side", () -> leanest(times, there));
        var own = leanest(times, here);
        var other = inOther.result(Duration.ofMinutes(2));
        return new Garbage(own[0], other[0], other[1]);
    }

    private static long[] leanest(int times, Step step) throws InterruptedException {
        var least = new long[] {Long.MAX_VALUE, Long.MAX_VALUE};
        for (var round = 0; round < ROUNDS; round++) {
            var io = ioThreads();
            var own = THREADS.getCurrentThreadAllocatedBytes();
            for (var i = 0; i < times; i++) {
                step.run();
            }
            least[0] = Math.min(least[0], THREADS.getCurrentThreadAllocatedBytes() - own);
            least[1] = Math.min(least[1], ioThreads() - io);
        }
        return least;
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
        try (var stage = new Stage(transport);
                var push = stage.context().push();
                var pull = stage.context().pull()) {
            stage.join(pull, push);
            var out = new MessageBuffer();
            var in = new MessageBuffer();
            assertNextToNothing(of(MESSAGES, () -> push.send(out.clear().add(BODY)), () -> pull.receive(in)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC", mode = EnumSource.Mode.EXCLUDE)
    void subscriberWithATopicLeavesNone(Transport transport) throws InterruptedException {
        try (var stage = new Stage(transport);
                var xpub = stage.context().xpub();
                var sub = stage.context().sub()) {
            xpub.set(Options.XPUB_NO_DROP, true);
            stage.join(xpub, sub);
            sub.subscribe(new byte[8]);
            Stage.awaitTopics(xpub, 1);
            var out = new MessageBuffer();
            var in = new MessageBuffer();
            assertNextToNothing(of(MESSAGES, () -> xpub.send(out.clear().add(BODY)), () -> sub.receive(in)));
        }
    }

    /** Each message is waited for: by looking, or, without the time to look, asleep. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC", mode = EnumSource.Mode.EXCLUDE)
    void waitingLeavesNone(Transport transport) throws InterruptedException {
        assertNextToNothing(roundTrips(transport, Duration.ofNanos(100_000)));
        assertNextToNothing(roundTrips(transport, Duration.ZERO));
    }

    private static Garbage roundTrips(Transport transport, Duration spinTime) throws InterruptedException {
        try (var stage = new Stage(transport);
                var one = pair(stage, spinTime);
                var other = pair(stage, spinTime)) {
            stage.join(one, other);
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
                    });
        }
    }

    private static PairSocket pair(Stage stage, Duration spinTime) {
        var socket = stage.context().pair();
        socket.set(Options.SPIN_TIME, spinTime);
        return socket;
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC", mode = EnumSource.Mode.EXCLUDE)
    void ordinaryMessageIsABodyAndLittleElse(Transport transport) throws InterruptedException {
        try (var stage = new Stage(transport);
                var push = stage.context().push();
                var pull = stage.context().pull()) {
            stage.join(pull, push);
            var message = Message.of(BODY);
            var garbage = of(MESSAGES, () -> push.send(message), pull::receive);
            assertThat(garbage.here()).as("sending").isLessThan(NEXT_TO_NOTHING);
            assertThat(garbage.there() / MESSAGES).as("per message received").isBetween(80L, 112L);
            assertThat(garbage.io()).as("in the I/O threads").isLessThan(NEXT_TO_NOTHING);
        }
    }

    /** The message that goes by reference is made of the sender's buffer; the receiver copies it out of that. */
    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "INPROC")
    void inprocAllocatesWhereItSends(Transport transport) throws InterruptedException {
        try (var stage = new Stage(transport);
                var push = stage.context().push();
                var pull = stage.context().pull()) {
            stage.join(pull, push);
            var out = new MessageBuffer();
            var in = new MessageBuffer();
            var garbage = of(MESSAGES, () -> push.send(out.clear().add(BODY)), () -> pull.receive(in));
            assertThat(garbage.here() / MESSAGES).as("per message sent").isBetween(80L, 180L);
            assertThat(garbage.there()).as("receiving").isLessThan(NEXT_TO_NOTHING);
        }
    }
}
