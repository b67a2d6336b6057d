package io.lingmq.torture;

import io.lingmq.testkit.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One run of one scenario: its seed, its threads, its ledgers, and the promises that it found kept.
 *
 * <p>Threading: the scenario's thread, but for {@link #goesOn}, {@link #note} and the ledgers.
 */
final class Turn implements AutoCloseable {
    /** Whatever a turn waits for is there long before, however busy the machine. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random;
    private final Set<Trouble> troubles;
    private final long trafficEndsNs;
    private final List<TurnTask> tasks = new CopyOnWriteArrayList<>();
    private final List<TrafficLedger> ledgers = new CopyOnWriteArrayList<>();
    private final List<Supplier<String>> facts = new CopyOnWriteArrayList<>();
    private final Set<Promise> kept = EnumSet.noneOf(Promise.class);
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    Turn(long seed, Duration traffic, Set<Trouble> troubles) {
        this.troubles = troubles;
        random = new Random(seed);
        trafficEndsNs = System.nanoTime() + traffic.toNanos();
    }

    // ---- what the seed decides

    /** Random numbers for a thread of the turn. */
    Random random() {
        return new Random(random.nextLong());
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** True so many times in a hundred. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Whether the run has troubles of this kind. */
    boolean has(Trouble kind) {
        return troubles.contains(kind);
    }

    // ---- what happens

    /** Whether the traffic is to go on. */
    boolean goesOn() {
        return System.nanoTime() - trafficEndsNs < 0;
    }

    TrafficLedger ledger(String name) {
        var ledger = new TrafficLedger(name);
        ledgers.add(ledger);
        return ledger;
    }

    /** Something that helps to understand a failure. */
    void note(String fact) {
        note(() -> fact);
    }

    /** As {@link #note(String)}, as it is when the failure is told. */
    void note(Supplier<String> fact) {
        facts.add(fact);
    }

    /** Starts a thread. */
    TurnTask start(String name, Callable<?> work) {
        var task = TurnTask.start(name + "-" + tasks.size(), tasks.size(), work);
        tasks.add(task);
        return task;
    }

    /** To be closed when the turn is over, the last one first. */
    <T extends AutoCloseable> T keep(T it) {
        closing.addFirst(it);
        return it;
    }

    /** Waits until tasks have ended by themselves. */
    void join(Collection<TurnTask> some) throws InterruptedException {
        for (var task : some) {
            if (!task.awaitEnd(PATIENCE.toMillis())) {
                throw new AssertionError("hangs: " + task);
            }
            check(task);
        }
    }

    /** Interrupts tasks until they have ended. */
    void stop(Collection<TurnTask> some) {
        Await.until("the end of " + some, PATIENCE, () -> {
            some.stream().filter(task -> !task.isDone()).forEach(TurnTask::interrupt);
            return some.stream().allMatch(TurnTask::isDone);
        });
        some.forEach(Turn::check);
    }

    private static void check(TurnTask task) {
        var failure = task.failure();
        if (failure != null) {
            throw new AssertionError(task + " failed: " + failure, failure);
        }
    }

    /** Waits for a condition, but not where a ledger shows already that something is wrong. */
    void await(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, () -> {
            ledgers.forEach(TrafficLedger::assertNoOffence);
            return condition.getAsBoolean();
        });
    }

    /** The promises of these rows were put to the test and kept. */
    void kept(Promise... rows) {
        kept.addAll(List.of(rows));
    }

    Set<Promise> kept() {
        return kept;
    }

    /** For a failure: the ledgers and what else was noted. */
    String account() {
        var text = new StringBuilder();
        ledgers.forEach(ledger -> text.append("  ledger ").append(ledger).append('\n'));
        facts.forEach(fact -> text.append("  ").append(fact.get()).append('\n'));
        tasks.stream()
                .filter(task -> !task.isDone())
                .forEach(task -> text.append("  still runs: ").append(task).append('\n'));
        return text.toString();
    }

    @Override
    public void close() {
        tasks.forEach(TurnTask::interrupt);
        for (var it : closing) {
            try {
                it.close();
            } catch (Exception e) {
                throw new AssertionError("cannot close " + it, e);
            }
        }
    }
}
