package io.lingmq.bench.micro;

import io.lingmq.routing.Subscriptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The table of subscriptions: finding who wants a message, as the number of topics grows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SubscriptionsBenchmark {
    private static final int BODY = 64;
    private static final int MESSAGES = 1024;
    private static final int STRIDE = 7919;

    /** How many topics are subscribed to. */
    @Param({"1", "1000", "1000000"})
    public int topics;

    private final Subscriptions<String> table = new Subscriptions<>();
    private final byte[][] messages = new byte[MESSAGES][];
    private final byte[] unwanted = "nobody asked for this".getBytes(StandardCharsets.US_ASCII);
    private final byte[] passing = "weather.".getBytes(StandardCharsets.US_ASCII);
    private int turn;

    /** Fills the table and makes messages that match. */
    @Setup
    public void subscribe() {
        for (var i = 0; i < topics; i++) {
            table.add(topic(i), "somebody");
        }
        for (var i = 0; i < MESSAGES; i++) {
            messages[i] = Arrays.copyOf(topic((int) ((long) i * STRIDE % topics)), BODY);
        }
    }

    private static byte[] topic(int number) {
        return String.format(Locale.ROOT, "%08d", number).getBytes(StandardCharsets.US_ASCII);
    }

    /** A message that one subscription matches. */
    @Benchmark
    public void match(Blackhole hole) {
        table.match(messages[turn++ & (MESSAGES - 1)], BODY, hole::consume);
    }

    /** A message that nobody wants. */
    @Benchmark
    public void miss(Blackhole hole) {
        table.match(unwanted, unwanted.length, hole::consume);
    }

    /** One more subscription comes and goes. */
    @Benchmark
    public boolean comeAndGo() {
        table.add(passing, "somebody");
        return table.remove(passing, "somebody");
    }
}
