package io.lingmq.socket;

import io.lingmq.reactor.Reactor;
import io.lingmq.time.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * Where a context has its time, its threads and its random numbers from. The {@link SystemRuntime} is the real one; in
 * a simulation all of it comes from one seed, and one thread does everything.
 *
 * <p>Calls that wait inside a socket, as {@code receive} does, park their thread and do not ask the runtime; nor do
 * asynchronous calls. A simulation does without them: {@code docs/SIMULATION.md} gives the reason.
 *
 * <p>Threading: any thread.
 */
public interface ContextRuntime {
    /** The clock. */
    Ticker ticker();

    /** Random numbers that nobody has a use for guessing; each call gives a source for one thread at a time. */
    RandomGenerator random();

    /** Random numbers that nobody can guess; the source is for any thread. */
    RandomGenerator secureRandom();

    /** A new reactor. */
    Reactor reactor(String name);

    /** What runs tasks later, where they may wait for a socket's lock. */
    Scheduler scheduler(String name);

    /** What runs look-ups of names, which may block. */
    ExecutorService resolver(String name);

    /** What asks whether peers may connect; an answer may be long in coming. */
    ExecutorService questions(String name);

    /** Waits at most the given time; true if it is over, be it with a failure. An I/O thread does not wait. */
    boolean await(CompletableFuture<?> future, long timeoutNs);
}
