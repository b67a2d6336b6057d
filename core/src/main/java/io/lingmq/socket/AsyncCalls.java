package io.lingmq.socket;

import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The asynchronous sends and receives of one socket that are still open, each in the order of the calls.
 *
 * <p>Threading: any thread asks; futures complete on the common pool, never on an I/O thread.
 */
final class AsyncCalls implements Observer {
    private record Sending(Message message, CompletableFuture<Void> future) {}

    private final SocketCore socket;
    private final ConcurrentLinkedQueue<CompletableFuture<Message>> receives = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Sending> sends = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean observing = new AtomicBoolean();
    private final Turns turns = new Turns(this::serve);

    AsyncCalls(SocketCore socket) {
        this.socket = socket;
    }

    CompletableFuture<Message> receive() {
        var future = new CompletableFuture<Message>();
        receives.add(future);
        begin();
        return future;
    }

    CompletableFuture<Void> send(Message message) {
        var future = new CompletableFuture<Void>();
        sends.add(new Sending(message, future));
        begin();
        return future;
    }

    private void begin() {
        if (observing.compareAndSet(false, true)) {
            socket.pipes().observe(this);
        }
        turns.ask();
    }

    @Override
    public void onSignal() {
        if (!receives.isEmpty() || !sends.isEmpty()) {
            turns.ask();
        }
    }

    private void serve() {
        serveSends();
        serveReceives();
    }

    private void serveReceives() {
        CompletableFuture<Message> future;
        while ((future = receives.peek()) != null) {
            try {
                if (!future.isDone()) {
                    var message = socket.tryReceive();
                    if (message == null) {
                        return;
                    }
                    if (!future.complete(message)) {
                        socket.handBack(message); // cancelled at the last moment: the message is for the next one
                    }
                }
            } catch (LingException e) {
                future.completeExceptionally(e);
            }
            receives.poll();
        }
    }

    private void serveSends() {
        Sending sending;
        while ((sending = sends.peek()) != null) {
            try {
                if (!sending.future.isDone()) {
                    if (!socket.trySend(sending.message)) {
                        return;
                    }
                    sending.future.complete(null);
                }
            } catch (LingException e) {
                sending.future.completeExceptionally(e);
            }
            sends.poll();
        }
    }
}
