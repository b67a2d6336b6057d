package io.lingmq.simulation;

import io.lingmq.guard.Guard;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.socket.ContextRuntime;
import io.lingmq.socket.Scheduler;
import io.lingmq.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** The runtime of one context in a world. */
final class VirtualRuntime implements ContextRuntime {
    private final World world;
    private final List<SteppedReactor> reactors = new ArrayList<>();

    VirtualRuntime(World world) {
        this.world = world;
    }

    List<SteppedReactor> reactors() {
        return reactors;
    }

    @Override
    public Ticker ticker() {
        return world.time;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(world.random.nextLong());
    }

    @Override
    public RandomGenerator secureRandom() {
        return random();
    }

    @Override
    public Reactor reactor(String name) {
        var reactor = new SteppedReactor(name, world, world.random.nextInt(3));
        reactors.add(reactor);
        return reactor;
    }

    @Override
    public Scheduler scheduler(String name) {
        return new Scheduler() {
            private boolean stopped;

            @Override
            public Future<?> schedule(long delayNs, Runnable task) {
                if (stopped) {
                    return null;
                }
                var future = new CompletableFuture<Void>();
                world.in(Math.min(delayNs, Long.MAX_VALUE / 4), () -> {
                    if (!stopped && !future.isCancelled()) {
                        Guard.run("a task of " + name, task);
                    }
                });
                return future;
            }

            @Override
            public void stop(long timeoutNs) {
                stopped = true;
            }
        };
    }

    /** No address of the virtual network is a name, so it has no work and makes no thread. */
    @Override
    public ExecutorService resolver(String name) {
        return Executors.newSingleThreadExecutor();
    }

    @Override
    public ExecutorService questions(String name) {
        return new VirtualExecutor(world);
    }

    @Override
    public boolean await(CompletableFuture<?> future, long timeoutNs) {
        return world.await(future::isDone, timeoutNs);
    }
}
