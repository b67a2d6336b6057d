package io.lingmq.socket;

import io.lingmq.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A receive that waits for its message.
 *
 * <p>A stage that depends on it can be ended by itself, by a time-out for instance, and that does not end the receive,
 * whose holder may still want the message. But where all stages that depend on it have ended, and nobody waits for it
 * otherwise, nobody would get the message: the receive is <em>unwanted</em>, and takes none. A further stage, or a
 * {@code get}, makes it wanted again.
 *
 * <p>So it notes its stages. The JDK counts what depends on a future in other ways, as {@code allOf} does: if there is
 * more than the stages, somebody else waits.
 */
final class AsyncReceive extends AsyncCall<Message> {
    private final SocketCore socket;
    private final Abandoned abandoned;
    private final Runnable onWanted;
    private @Nullable Message message;
    /** Its place among the receives of its socket; the serving task's. */
    private long place;

    /** The stages that are not over yet, as far as has been looked. Its lock guards all that follows. */
    private final ArrayList<Stage<?>> stages = new ArrayList<>();

    private int made;
    private boolean hadStages;
    private boolean isShared;
    private boolean isOwnTimeOut;
    private int waiting;

    /**
     * A receive.
     *
     * @param onWithdrawn told when it has been ended from outside
     * @param onWanted told when somebody may want the message who did not before
     */
    AsyncReceive(SocketCore socket, Abandoned abandoned, Runnable onWithdrawn, Runnable onWanted) {
        super(onWithdrawn);
        this.socket = socket;
        this.abandoned = abandoned;
        this.onWanted = onWanted;
    }

    void place(long number) {
        place = number;
    }

    long place() {
        return place;
    }

    @Override
    boolean attempt() {
        message = socket.tryReceive();
        return message != null;
    }

    @Override
    void succeed() {
        var unwanted = isUnwanted();
        List<Stage<?>> waiting;
        synchronized (stages) {
            waiting = List.copyOf(stages);
        }
        completeWith(Objects.requireNonNull(message));
        if (unwanted || haveEndedByThemselves(waiting)) { // only just now
            abandoned.count();
        }
    }

    /** Of a stage that ended while its function ran the same is said: that cannot be told apart. */
    private static boolean haveEndedByThemselves(List<Stage<?>> stages) {
        return !stages.isEmpty() && stages.stream().allMatch(stage -> stage.endedByItself);
    }

    @Override
    void expire() {
        completeWith(null);
    }

    /** Whether everybody who waited for the message has ended that. */
    boolean isUnwanted() {
        synchronized (stages) {
            stages.removeIf(CompletableFuture::isDone);
            return hadStages && stages.isEmpty() && waiting == 0 && !isShared && getNumberOfDependents() <= made;
        }
    }

    // ---- who depends on it

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        var stage = new Stage<U>();
        synchronized (stages) {
            made++;
            if (!isOwnTimeOut && !isDone()) {
                hadStages = true;
                stages.removeIf(CompletableFuture::isDone);
                stages.add(stage);
            }
        }
        onWanted.run();
        return stage;
    }

    /** Called by a stage of another future that will depend on this one too. */
    @Override
    public CompletableFuture<Message> toCompletableFuture() {
        synchronized (stages) {
            isShared = true;
        }
        onWanted.run();
        return this;
    }

    /** The JDK cancels its timer by a stage, which is nobody's. */
    private CompletableFuture<Message> withOwnTimeOut(Supplier<CompletableFuture<Message>> setting) {
        synchronized (stages) {
            isOwnTimeOut = true;
            try {
                return setting.get();
            } finally {
                isOwnTimeOut = false;
            }
        }
    }

    @Override
    public CompletableFuture<Message> orTimeout(long timeout, TimeUnit unit) {
        return withOwnTimeOut(() -> super.orTimeout(timeout, unit));
    }

    @Override
    public CompletableFuture<Message> completeOnTimeout(Message value, long timeout, TimeUnit unit) {
        return withOwnTimeOut(() -> super.completeOnTimeout(value, timeout, unit));
    }

    private void waiting(int more) {
        synchronized (stages) {
            waiting += more;
        }
        onWanted.run();
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

    /**
     * Notes that somebody has ended it, and not the future that it depends on: that sets the result past these calls.
     */
    private static final class Stage<U> extends CompletableFuture<U> {
        private volatile boolean endedByItself;

        @Override
        public <V> CompletableFuture<V> newIncompleteFuture() {
            return new CompletableFuture<>();
        }

        private boolean ended(boolean now) {
            endedByItself |= now;
            return now;
        }

        @Override
        public boolean complete(U value) {
            return ended(super.complete(value));
        }

        @Override
        public boolean completeExceptionally(Throwable failure) {
            return ended(super.completeExceptionally(failure));
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return ended(super.cancel(mayInterruptIfRunning));
        }
    }
}
