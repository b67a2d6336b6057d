package io.lingmq.socket;

import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.time.Ticker;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The machine's own time, threads and random numbers. Threading: any thread. */
public final class SystemRuntime implements ContextRuntime {
    private static final int MOST_RESOLVERS = 16;
    static final int MOST_ASKING = 16;
    private static final long IDLE_S = 5;

    /** A source that is made when it is first asked, since to make it takes a while. */
    private static final class Secure {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    /** The machine itself. */
    public SystemRuntime() {}

    @Override
    public Ticker ticker() {
        return Ticker.SYSTEM;
    }

    /** Not the JDK's default one, which an image made of {@code java.base} alone does not have on JDK 17. */
    @Override
    public RandomGenerator random() {
        return new SplittableRandom();
    }

    @Override
    public RandomGenerator secureRandom() {
        return () -> Secure.RANDOM.nextLong();
    }

    @Override
    public Reactor reactor(String name) {
        return new SelectorReactor(name);
    }

    @Override
    public Scheduler scheduler(String name) {
        return new ThreadScheduler(name);
    }

    /** Its threads go when there is nothing to ask. */
    @Override
    public ExecutorService resolver(String name) {
        return new ThreadPoolExecutor(
                0, MOST_RESOLVERS, IDLE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
    }

    /** Few threads, and a queue: its threads go when there is nothing to ask. */
    @Override
    public ExecutorService questions(String name) {
        var threads = new ThreadPoolExecutor(
                MOST_ASKING, MOST_ASKING, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public boolean await(CompletableFuture<?> future, long timeoutNs) {
        return Completion.within(timeoutNs, future);
    }
}
