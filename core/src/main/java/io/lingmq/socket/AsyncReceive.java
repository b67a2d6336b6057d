package io.lingmq.socket;

import io.lingmq.message.Message;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A receive that waits for its message.
 *
 * <p>A stage that depends on it can be ended by itself, by a time-out for instance, and the receive does not learn of
 * that: it takes its message all the same, and then nobody is there for it. It cannot be withdrawn either, since its
 * holder may still want the message. So it notes its stages, and if all of them are over when the message comes, and
 * nobody waits for it otherwise, it says so.
 */
final class AsyncReceive extends AsyncCall<Message> {
    private final SocketCore socket;
    private final Abandoned abandonedOnes;
    private @Nullable Message message;
    /** The stages that are not over yet, as far as has been looked. Under its own lock. */
    private final ArrayList<CompletableFuture<?>> stages = new ArrayList<>();

    private boolean hadStages;
    private int waiting;

    AsyncReceive(SocketCore socket, Abandoned abandonedOnes, Runnable onWithdrawn) {
        super(onWithdrawn);
        this.socket = socket;
        this.abandonedOnes = abandonedOnes;
    }

    @Override
    boolean attempt() {
        message = socket.tryReceive();
        return message != null;
    }

    @Override
    void succeed() {
        var abandoned = isAbandoned();
        completeWith(Objects.requireNonNull(message));
        if (abandoned) {
            abandonedOnes.count();
        }
    }

    private boolean isAbandoned() {
        synchronized (stages) {
            stages.removeIf(CompletableFuture::isDone);
            return hadStages && stages.isEmpty() && waiting == 0;
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        var stage = new CompletableFuture<U>();
        if (!isDone()) {
            synchronized (stages) {
                hadStages = true;
                stages.removeIf(CompletableFuture::isDone);
                stages.add(stage);
            }
        }
        return stage;
    }

    private void waiting(int more) {
        synchronized (stages) {
            waiting += more;
        }
    }

    @Override
    public Message get() throws InterruptedException, ExecutionException {
        waiting(1);
        try {
            return super.get();
        } finally {
            waiting(-1);
        }
    }

    @Override
    public Message get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        waiting(1);
        try {
            return super.get(timeout, unit);
        } finally {
            waiting(-1);
        }
    }

    @Override
    public Message join() {
        waiting(1);
        try {
            return super.join();
        } finally {
            waiting(-1);
        }
    }
}
