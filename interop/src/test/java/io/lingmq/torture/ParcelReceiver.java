package io.lingmq.torture;

import io.lingmq.Receiver;
import io.lingmq.error.ClosedException;
import io.lingmq.message.Frames;
import io.lingmq.message.MessageBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread that receives in every way there is, until it is told to stop or the socket is closed, and hands on whatever
 * comes. It may be interrupted at any time.
 */
final class ParcelReceiver implements Callable<Void> {
    private final Receiver socket;
    private final Random random;
    private final Consumer<Frames> to;
    private final MessageBuffer buffer = new MessageBuffer();
    private int slownessPercent;
    private final boolean cancels;
    private volatile boolean stopped;

    ParcelReceiver(Turn turn, Receiver socket, Consumer<Frames> to) {
        this.socket = socket;
        this.to = to;
        random = turn.random();
        cancels = turn.has(Trouble.CANCELS);
    }

    /** Pauses so often after a message. */
    ParcelReceiver slow(int percent) {
        slownessPercent = percent;
        return this;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public Void call() {
        while (!stopped) {
            try {
                receive();
                if (random.nextInt(100) < slownessPercent) {
                    Pauses.aMoment(random);
                }
            } catch (InterruptedException e) {
                // The socket stays usable, which is what is tried here.
            } catch (ClosedException e) {
                return null;
            }
        }
        return null;
    }

    private void receive() throws InterruptedException {
        switch (random.nextInt(5)) {
            case 0 -> to.accept(socket.receive());
            case 1 -> note(socket.receive(Duration.ofMillis(random.nextInt(20))));
            case 2 -> note(socket.tryReceive());
            case 3 -> {
                if (socket.receive(buffer, Duration.ofMillis(random.nextInt(20)))) {
                    to.accept(buffer);
                }
            }
            default -> receiveAsync();
        }
    }

    private void note(@Nullable Frames message) {
        if (message != null) {
            to.accept(message);
        }
    }

    /** Asks, waits a little, and withdraws the wish: either that works, or there is a message. */
    private void receiveAsync() throws InterruptedException {
        var future = socket.receiveAsync();
        if (!future.isDone() && random.nextBoolean()) {
            Thread.onSpinWait();
        }
        if (cancels && future.cancel(false)) {
            return;
        }
        while (true) {
            try {
                to.accept(future.get());
                return;
            } catch (InterruptedException e) {
                if (stopped && future.cancel(false)) {
                    return;
                }
            } catch (CancellationException e) {
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ClosedException closed) {
                    throw closed;
                }
                throw new AssertionError("an asynchronous receive failed: " + e.getCause(), e);
            }
        }
    }
}
