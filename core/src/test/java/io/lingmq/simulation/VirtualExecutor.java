package io.lingmq.simulation;

import io.lingmq.guard.Guard;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads of a world, which are none: each task is an event that comes a moment later. */
final class VirtualExecutor extends AbstractExecutorService {
    private static final long LONGEST_DELAY_NS = 5_000_000;

    private final World world;
    private boolean stopped;

    VirtualExecutor(World world) {
        this.world = world;
    }

    @Override
    public void execute(Runnable task) {
        world.in(world.between(0, LONGEST_DELAY_NS), () -> {
            if (!stopped) {
                Guard.run("a task of a virtual thread", task);
            }
        });
    }

    @Override
    public void shutdown() {
        stopped = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        stopped = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return stopped;
    }

    @Override
    public boolean isTerminated() {
        return stopped;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return stopped;
    }
}
