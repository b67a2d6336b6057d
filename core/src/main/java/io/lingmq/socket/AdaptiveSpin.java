package io.lingmq.socket;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.LongPredicate;

/**
 * How long a waiting thread spins before it sleeps. To sleep and to be woken takes tens of microseconds. Where an
 * answer is on its way, spinning finds it sooner; where none comes, spinning is a waste. So it adapts to what it has
 * met.
 *
 * <p>Whether to spin: after a spin in vain and a long sleep the next waits sleep at once, 1 of them, then 3, then 7, up
 * to {@value #MOST_SKIPPED}. A spin that finds something, or a short sleep, ends that. So rare messages cost hardly
 * more than sleep alone, and an idle socket costs nothing.
 *
 * <p>How long: for half of the time that it may, and for all of it where the last spin found something. A message of a
 * stream may come a little later for once, and to fall asleep for that costs more than to go on spinning.
 *
 * <p>Where a {@linkplain IncomingStream stream} falters, a thread that reads channels inline spins for a moment only,
 * and looks on for some milliseconds between timed parks, so what comes is read within a hundred microseconds. The I/O
 * thread would have to wake it otherwise, and may itself have been put on a processor that is busy: there it waits for
 * the end of a time slice, though the reader's processor has become idle.
 *
 * <p>The operating system may put the thread that is waited for on the same processor. So the spinning thread yields
 * now and then; otherwise both would stand still until the spin is over.
 *
 * <p>With one processor nobody spins, nor does a virtual thread, which would keep others from running.
 *
 * <p>Threading: any thread. Threads that share a socket share what it learned, roughly.
 */
final class AdaptiveSpin {
    private static final int MOST_SKIPPED = 15;
    /** So many times as long as a look in vain is still a short sleep. */
    private static final int SHORT_SLEEP = 5;

    /** About two microseconds. */
    private static final int LONG_PAUSE = 100;

    private static final int SHORT_PAUSE = 10;
    /** Most waits are over by then; and a thread that was kept waiting hardly notices so little. */
    private static final long YIELD_AFTER_NS = 25_000;

    /** A thread that gets the processor back so late has shared it with a busy one. */
    private static final long DISPLACED_NS = 50_000;

    /** How long one spins while a stream falters: the processor may be wanted by the sender. */
    private static final long FALTER_SPIN_NS = YIELD_AFTER_NS;

    /** The system adds some fifty microseconds to each. */
    private static final long FALTER_PARK_NS = 20_000;

    private static final boolean POINTLESS = Runtime.getRuntime().availableProcessors() == 1;
    private static final MethodHandle IS_VIRTUAL = isVirtual();

    private final Runnable beforeLook;
    private final boolean readsInline;
    private final IncomingStream stream;
    private int skipped;
    private int skip;
    private boolean hasFound;

    /** For threads that only look. */
    AdaptiveSpin() {
        this(() -> {}, false, new IncomingStream());
    }

    /** For threads that read channels inline before each look. */
    AdaptiveSpin(Runnable readInline) {
        this(readInline, new IncomingStream());
    }

    /** For threads that read channels inline before each look, and get a stream of this kind. */
    AdaptiveSpin(Runnable readInline, IncomingStream stream) {
        this(readInline, true, stream);
    }

    private AdaptiveSpin(Runnable beforeLook, boolean readsInline, IncomingStream stream) {
        this.beforeLook = beforeLook;
        this.readsInline = readsInline;
        this.stream = stream;
    }

    /**
     * Looks again and again for at most the given time, unless that was in vain lately; true if it found something.
     *
     * @param hurried whether an answer is awaited, so that looking often pays; else it is better to find much at once
     */
    <A> boolean pays(long longestNs, boolean hurried, Attempt<A> look, A subject) {
        if (!mayLook(longestNs)) {
            return false;
        }
        var found = looksFor(spinNs(longestNs), hurried ? SHORT_PAUSE : LONG_PAUSE, look, subject);
        if (readsInline) {
            stream.spun(found, System.nanoTime());
        }
        hasFound = found;
        if (found) {
            skip = 0;
        }
        return found;
    }

    /** How long the next spin is: a moment where the stream falters, unless it was asked for a longer one than that. */
    long spinNs(long longestNs) {
        var falters = mayFalter(longestNs) && stream.falters(System.nanoTime());
        return falters ? Math.min(lookNs(longestNs), FALTER_SPIN_NS) : lookNs(longestNs);
    }

    private static boolean mayFalter(long longestNs) {
        return longestNs <= IncomingStream.LONGEST_FALTER_NS;
    }

    /** After a spin in vain: looks on between timed parks as long as the stream falters; true if it found something. */
    <A> boolean paysBetweenParks(long longestNs, Attempt<A> look, A subject) {
        var beginNs = System.nanoTime();
        for (var nowNs = beginNs; nowNs - beginNs < longestNs && stream.falters(nowNs); nowNs = System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            beforeLook.run();
            if (look.succeeds(subject)) {
                return true;
            }
            TimedPark.of(Math.min(FALTER_PARK_NS, longestNs - (nowNs - beginNs)), this);
        }
        return false;
    }

    /** How long the next look may take of the given time. */
    long lookNs(long longestNs) {
        return hasFound ? longestNs : longestNs - longestNs / 2;
    }

    /** As above, of one who looks for itself for the given time and does not sleep afterwards. */
    void pays(long longestNs, LongPredicate look) {
        if (mayLook(longestNs)) {
            slept(look.test(longestNs) ? 0 : Long.MAX_VALUE, longestNs);
        }
    }

    private boolean mayLook(long longestNs) {
        if (longestNs <= 0 || POINTLESS || skipped++ < skip || isVirtualThread()) {
            return false;
        }
        skipped = 0;
        return true;
    }

    /** The wait is over, after sleep: learns whether the next look is worth its time. */
    void slept(long waitedNs, long longestNs) {
        skip = waitedNs / SHORT_SLEEP < longestNs / 2 ? 0 : Math.min(2 * skip + 1, MOST_SKIPPED);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on who runs next
    private <A> boolean looksFor(long longestNs, int pause, Attempt<A> look, A subject) {
        var beginNs = System.nanoTime();
        var nextYieldNs = YIELD_AFTER_NS;
        var waitedNs = 0L;
        while (waitedNs < longestNs && !Thread.currentThread().isInterrupted()) {
            beforeLook.run();
            if (look.succeeds(subject)) {
                return true;
            }
            pause(pause);
            waitedNs = System.nanoTime() - beginNs;
            if (waitedNs > nextYieldNs && waitedNs < longestNs) { // a yield before sleep gains nothing
                Thread.yield();
                var nowNs = System.nanoTime();
                var displaced = nowNs - beginNs - waitedNs > DISPLACED_NS;
                if (displaced && mayFalter(longestNs) && stream.displaced(nowNs)) {
                    return false;
                }
                nextYieldNs = nowNs - beginNs + YIELD_AFTER_NS;
            }
        }
        return false;
    }

    /** Lets the other side get ahead, so that the next look finds many messages; touches nothing that it works on. */
    private static void pause(int spins) {
        for (var i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }

    /** Whether the caller is a virtual thread, which keeps others from running while it does not sleep. */
    static boolean isVirtualThread() {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable e) {
            throw new AssertionError("Thread.isVirtual failed", e);
        }
    }

    /** {@code Thread.isVirtual}, which Java has since 21; before that no thread is. */
    private static MethodHandle isVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        }
    }
}
