package io.lingmq.cli.socket;

import io.lingmq.AnySocket;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.error.ClosedException;
import io.lingmq.error.UnroutableException;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * DEALER, ROUTER, PAIR, XPUB, XSUB, STREAM: send the messages and print what comes, at the same time.
 *
 * <p>Threading: a daemon thread speaks, the command's own thread listens and decides when it is over.
 */
final class Conversing implements Activity {
    private static final Duration SETTLING = Duration.ofMillis(10);

    private final AnySocket socket;
    private final Outbox outbox;
    private final Printer printer;
    private final Console console;
    private final Waits waits;
    private final Expectation expectation;
    private final CompletableFuture<Void> spoken = new CompletableFuture<>();
    private final AtomicLong sent = new AtomicLong();
    private long received;

    /**
     * When a conversation has heard enough.
     *
     * @param given whether the messages to send stand on the command line
     * @param wanted how many messages the user wants to receive, or null if that was not said
     * @param count how many messages are enough where nothing is sent
     */
    record Expectation(boolean given, @Nullable Long wanted, long count) {}

    Conversing(
            AnySocket socket, Outbox outbox, Printer printer, Console console, Waits waits, Expectation expectation) {
        this.socket = socket;
        this.outbox = outbox;
        this.printer = printer;
        this.console = console;
        this.waits = waits;
        this.expectation = expectation;
    }

    @Override
    public void run() throws InterruptedException {
        var speaker = new Thread(this::speak, "ling-speaker");
        speaker.setDaemon(true);
        speaker.start();
        try {
            listen();
        } finally {
            speaker.interrupt();
        }
        printer.flush();
        throwIfSpeakerFailed();
        outbox.awaitSent();
        Losses.tell(socket, sent.get(), console);
    }

    private void speak() {
        try {
            outbox.awaitPeers();
            while (outbox.sendNext() != null) {
                sent.incrementAndGet();
            }
            spoken.complete(null);
        } catch (InterruptedException | ClosedException e) {
            // The listener has ended the conversation and asks no more.
            spoken.complete(null);
        } catch (UnroutableException e) {
            spoken.completeExceptionally(CommandFailure.failed(e.text() + "; --peers 1 waits until a peer is there"));
        } catch (RuntimeException e) {
            spoken.completeExceptionally(e);
        }
    }

    private void listen() throws InterruptedException {
        var next = socket.receiveAsync();
        while (!isOver()) {
            if (next.isDone()) {
                print(next.join());
                next = socket.receiveAsync();
            } else {
                printer.flush();
                awaitEither(next);
            }
        }
        if (!next.cancel(false)) {
            print(next.join());
        }
    }

    /** What ended the speaker ends the command, also where enough was heard or nothing was wanted. */
    private void throwIfSpeakerFailed() {
        try {
            spoken.getNow(null);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void print(Message message) {
        printer.print(message);
        received++;
    }

    /** One that has nothing to say ends by what it heard; any other when all is said and the replies are there. */
    private boolean isOver() {
        if (spoken.isCompletedExceptionally()) {
            return true;
        }
        var wanted = expectation.wanted();
        if (sent.get() == 0 && !expectation.given() && (outbox.isSilent() || spoken.isDone())) {
            return hasHeardEnough();
        }
        var replies = socket.type() == SocketType.DEALER ? sent.get() : 0;
        return spoken.isDone() && received >= (wanted == null ? replies : wanted);
    }

    /** What one that has nothing to say itself wants to hear. */
    private boolean hasHeardEnough() {
        var wanted = expectation.wanted();
        return received >= (wanted == null ? expectation.count() : wanted);
    }

    private void awaitEither(CompletableFuture<Message> next) throws InterruptedException {
        var either = spoken.isDone() ? next : CompletableFuture.anyOf(next, spoken);
        var settles = !spoken.isDone() && hasHeardEnough(); // stdin may be just about to bring something
        var timeout = settles ? SETTLING : spoken.isDone() || !expectation.given() ? waits.longest() : null;
        try {
            if (timeout == null) {
                either.get();
            } else {
                either.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            if (!settles) {
                throw waits.timedOut("no message came");
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }
}
