package io.lingmq.request;

import io.lingmq.error.ClosedException;
import io.lingmq.guard.RationedGuard;
import io.lingmq.message.Message;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a replier that receives: one request for each place that is free.
 *
 * <p>It can be stopped while the socket stays open, by an interrupt, which loses no message. It meets this thread only
 * where it waits, never in the application's code, which an executor may run here too.
 *
 * <p>Threading: any thread stops it.
 */
final class RequestReader {
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

    private enum State {
        AT_WORK,
        WAITING,
        STOPPED
    }

    private final SocketCore socket;
    private final Semaphore places;
    private final Consumer<Message> received;
    private final RationedGuard guard;
    private final Thread thread;
    /** Under this object's lock. */
    private State state = State.AT_WORK;

    /**
     * A reader that does not run yet.
     *
     * @param places where it takes one for each message that it passes on
     */
    RequestReader(SocketCore socket, Semaphore places, Consumer<Message> received, RationedGuard guard) {
        this.socket = socket;
        this.places = places;
        this.received = received;
        this.guard = guard;
        thread = new Thread(this::read, "lingmq-replier");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void read() {
        while (become(State.AT_WORK)) {
            guard.run("the reader of a replier", this::readNext);
        }
    }

    private void readNext() {
        var message = next();
        if (message != null) {
            received.accept(message);
        }
    }

    /** Null if it was interrupted, or is to stop. */
    private @Nullable Message next() {
        if (!become(State.WAITING)) {
            return null;
        }
        Message message = null;
        var hasPlace = false;
        try {
            places.acquire();
            hasPlace = true;
            message = socket.receive(FOR_EVER);
        } catch (InterruptedException e) {
            return null; // it is to stop, or the application meant another; the caller looks
        } catch (ClosedException e) {
            stop();
        } finally {
            if (hasPlace && message == null) {
                places.release();
            }
            var unused = become(State.AT_WORK);
            var unusedInterrupt = Thread.interrupted(); // by one who saw it waiting
        }
        return message;
    }

    private synchronized boolean become(State next) {
        if (state == State.STOPPED) {
            return false;
        }
        state = next;
        return true;
    }

    /** Receives nothing more; what it has received is served. */
    synchronized void stop() {
        if (state == State.WAITING) {
            thread.interrupt();
        }
        state = State.STOPPED;
    }
}
