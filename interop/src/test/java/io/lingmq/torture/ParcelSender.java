package io.lingmq.torture;

import io.lingmq.Sender;
import io.lingmq.error.ClosedException;
import io.lingmq.error.TimedOutException;
import io.lingmq.error.UnroutableException;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/**
 * A thread that sends parcels in every way there is, until the traffic is over or the socket closed, and enters into
 * the ledger what the library said of each. It may be interrupted at any time.
 */
final class ParcelSender implements Callable<Void> {
    private final Turn turn;
    private final Sender socket;
    private final TrafficLedger.Stream stream;
    private final Random random;
    private final MessageBuffer buffer = new MessageBuffer();
    private UnaryOperator<Message> envelope = message -> message;
    private int leastSize;
    private int mostSize = 2000;
    private int mostMessages = Integer.MAX_VALUE;
    private final boolean cancels;

    ParcelSender(Turn turn, Sender socket, TrafficLedger.Stream stream) {
        this.turn = turn;
        this.socket = socket;
        this.stream = stream;
        random = turn.random();
        cancels = turn.has(Trouble.CANCELS);
    }

    /** Puts frames in front of each parcel. */
    ParcelSender in(UnaryOperator<Message> frames) {
        envelope = frames;
        return this;
    }

    ParcelSender sizes(int least, int most) {
        leastSize = least;
        mostSize = most;
        return this;
    }

    ParcelSender atMost(int messages) {
        mostMessages = messages;
        return this;
    }

    @Override
    public Void call() {
        try {
            for (var n = 0; n < mostMessages && turn.goesOn(); n++) {
                var parcel = stream.next();
                if (sendIt(parcel)) {
                    stream.taken(parcel);
                } else {
                    stream.refused(parcel);
                }
            }
        } catch (ClosedException e) {
            turn.note("a sender found its socket closed");
        }
        return null;
    }

    /** Whether the library took it. */
    private boolean sendIt(Parcel parcel) {
        var message = envelope.apply(parcel.pack(random, leastSize, mostSize));
        try {
            return switch (random.nextInt(5)) {
                case 0 -> {
                    socket.send(message);
                    yield true;
                }
                case 1 -> socket.send(message, Duration.ofMillis(random.nextInt(20)));
                case 2 -> trySend(message);
                case 3 -> sendAsync(message);
                default -> socket.send(buffer.clear().addAll(message), Duration.ofSeconds(1));
            };
        } catch (InterruptedException | TimedOutException | UnroutableException e) {
            return false;
        } catch (ClosedException e) {
            stream.refused(parcel);
            throw e;
        }
    }

    private boolean trySend(Message message) throws InterruptedException {
        if (socket.trySend(message)) {
            return true;
        }
        Pauses.aMoment(random); // who is full stays so for a while
        return false;
    }

    private boolean sendAsync(Message message) {
        var future = socket.sendAsync(message);
        if (cancels && random.nextBoolean() && future.cancel(false)) {
            return false;
        }
        return finished(future);
    }

    /** Waits for a future whatever interrupts come; false if the library said that it was not sent. */
    static boolean finished(CompletableFuture<Void> future) {
        try {
            future.join(); // cannot be interrupted: only calls of the library shall be
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ClosedException closed) {
                throw closed;
            }
            if (e.getCause() instanceof UnroutableException) {
                return false;
            }
            throw new AssertionError("an asynchronous send failed: " + e.getCause(), e);
        }
    }
}
