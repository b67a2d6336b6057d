package io.lingmq.simulation;

import io.lingmq.reactor.SteppedReactor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Everything that happens in one simulation, in one thread: events of the network and of the applications, and the
 * steps of all reactors, in an order that the seed decides. A step takes a microsecond; where nobody has anything to
 * do, the time jumps to the next event.
 */
final class World implements SteppedReactor.Owner {
    private static final boolean TELLS = Boolean.getBoolean("simulation.tell");
    private static final long STEP_NS = 1_000;
    /** More steps than any of our worlds takes without a moment's rest. */
    private static final int MOST_STEPS_WITHOUT_REST = 500_000;

    private static final int STEPS_TOLD = 2_000;
    private static final int MOST_VIOLATIONS = 20;

    final long seed;
    final Random random;
    final VirtualTime time = new VirtualTime();
    private final List<SteppedReactor> awake = new ArrayList<>();
    private final Map<SteppedReactor, Long> pausedUntilNs = new HashMap<>();
    private final Map<SteppedReactor, VirtualTime.Event> wakes = new HashMap<>();
    private final Map<String, Integer> culprits = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int stepsWithoutRest;
    private long steps;
    private int closes;
    private long trace = 17;

    World(long seed) {
        this.seed = seed;
        random = new Random(seed);
    }

    @Override
    public long nowNs() {
        return time.nowNs();
    }

    /** Notes what happened, so that two worlds can be compared. */
    void note(long what) {
        trace = trace * 31 + what;
    }

    /** Tells what happens, if {@code simulation.tell} is set. */
    void tell(Supplier<String> what) {
        if (TELLS) {
            System.out.printf("%11.6f %s%n", nowNs() / 1e9, what.get());
        }
    }

    long trace() {
        return trace * 31 + steps;
    }

    long steps() {
        return steps;
    }

    /** A context has closed. */
    void hasClosed() {
        closes++;
    }

    /** How many have, so far. */
    int closes() {
        return closes;
    }

    /** A promise was broken. */
    void violated(String what) {
        violations.add(String.format("at %.6f s: %s", nowNs() / 1e9, what));
        if (violations.size() == MOST_VIOLATIONS) {
            throw new SimulationEnd("too many violations");
        }
    }

    List<String> violations() {
        return violations;
    }

    /** Something that may come true with the given chance. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    long between(long least, long most) {
        return least + (long) (random.nextDouble() * (most - least));
    }

    void in(long delayNs, Runnable what) {
        time.at(nowNs() + delayNs, what);
    }

    @Override
    public void awake(SteppedReactor reactor) {
        if (!awake.contains(reactor)) {
            awake.add(reactor);
        }
    }

    /** Lets a reactor stand still, as a garbage collector would. */
    void pause(SteppedReactor reactor, long untilNs) {
        pausedUntilNs.put(reactor, untilNs);
        time.at(untilNs, () -> awake(reactor));
    }

    private boolean isPaused(SteppedReactor reactor) {
        var until = pausedUntilNs.get(reactor);
        return until != null && until > nowNs();
    }

    /** Lets the world go on to a point in time. */
    void runUntil(long atNs) {
        while (nowNs() < atNs) {
            step(atNs);
        }
    }

    @Override
    public boolean await(BooleanSupplier condition, long timeoutNs) {
        var limitNs = timeoutNs > Long.MAX_VALUE / 4 ? Long.MAX_VALUE / 4 : nowNs() + Math.max(0, timeoutNs);
        while (!condition.getAsBoolean()) {
            if (nowNs() >= limitNs) {
                return false;
            }
            step(limitNs);
        }
        return true;
    }

    /** One event, or one step of a reactor, or a jump in time. */
    private void step(long limitNs) {
        var due = time.due();
        if (due != null) {
            due.run();
            return;
        }
        var reactor = nextAwake();
        if (reactor == null) {
            stepsWithoutRest = 0;
            culprits.clear();
            time.jump(limitNs);
            return;
        }
        steps++;
        time.pass(STEP_NS);
        if (!reactor.step()) {
            awake.remove(reactor);
            wakeAfter(reactor, reactor.waitNs());
        }
        checkRest(reactor);
    }

    private SteppedReactor nextAwake() {
        for (var i = awake.size(); i > 0; i--) {
            var reactor = awake.get(awake.size() == 1 ? 0 : random.nextInt(awake.size()));
            if (!isPaused(reactor)) {
                return reactor;
            }
            awake.remove(reactor); // the end of its pause wakes it
        }
        return null;
    }

    private void wakeAfter(SteppedReactor reactor, long waitNs) {
        var before = wakes.remove(reactor);
        if (before != null) {
            before.cancel();
        }
        if (waitNs != Long.MAX_VALUE && !reactor.isOver()) {
            wakes.put(reactor, time.at(nowNs() + waitNs, () -> awake(reactor)));
        }
    }

    /** A world that never rests has something that stays ready, or that posts itself without end: it is named. */
    private void checkRest(SteppedReactor reactor) {
        if (++stepsWithoutRest > MOST_STEPS_WITHOUT_REST - STEPS_TOLD) {
            culprits.merge(reactor.toString(), 1, Integer::sum);
        }
        if (stepsWithoutRest > MOST_STEPS_WITHOUT_REST) {
            throw new SimulationEnd("the world does not come to rest; its last steps, counted: " + culprits);
        }
    }
}
