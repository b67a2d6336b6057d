package io.lingmq;

import io.lingmq.error.ClosedException;
import io.lingmq.loop.LoopCore;
import io.lingmq.message.Message;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * An event loop: one thread that calls handlers, when a message has come, a channel is ready, a time is over, or
 * another thread wants something done. Handlers never run at the same time, so what only they use needs no lock.
 *
 * <pre>{@code
 * try (var loop = context.loop()) {
 *     loop.onReceive(server, request -> server.send("you said " + request.text()));
 *     loop.every(Duration.ofSeconds(1), () -> publisher.send("tick"));
 *     loop.run();
 * }
 * }</pre>
 *
 * <p><b>Turns.</b> A turn calls the timers that are due, then tasks, then the handlers of what is ready. Each socket,
 * the timers and the tasks have their share of a turn: 64 calls, or those that begin within a millisecond, and always
 * one. So a flood on one socket does not starve the others. A handler that takes long, or waits, holds up all of them:
 * use {@code trySend} with {@link #onWritable(Socket, Action) onWritable}, or another thread and {@link #execute}.
 *
 * <p><b>Failures.</b> What a handler throws, errors too, ends neither the loop nor its registration: it is logged, or
 * told to {@link #onError}, and the next handler is called. The message that it was handling is gone. An
 * {@link InterruptedException} is not a failure: it ends {@link #run}, as does an interrupt.
 *
 * <p><b>The end.</b> {@link #stop} ends a run, and the loop may be run again; {@link #close} ends the loop, as does the
 * end of its context. Sockets and channels are never closed by the loop.
 *
 * <p>Threading: every method may be called from any thread, also from handlers; one thread at a time runs the loop. It
 * may be a virtual one; while channels are registered, it keeps its carrier thread. The page {@code docs/LOOP.md} tells
 * more. Source: CZMQ's {@code zloop}.
 */
public final class Loop implements Executor, AutoCloseable {
    private final LoopCore core;

    Loop(LoopCore core) {
        this.core = core;
    }

    /** What a loop calls. It may throw anything. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it, on the loop's thread.
         *
         * @throws Exception for {@link Loop#onError}, or the log
         */
        void run() throws Exception;
    }

    /** Takes the messages of a socket. It may throw anything. */
    @FunctionalInterface
    public interface MessageHandler {
        /**
         * Takes a message, on the loop's thread.
         *
         * @throws Exception for {@link Loop#onError}, or the log
         */
        void handle(Message message) throws Exception;
    }

    // ---- sockets

    /**
     * Receives each message of a socket and gives it to the handler. A REP or REQ receives in its turn: if the handler
     * of a REP does not reply, the next request waits until somebody does.
     *
     * @return for taking the handler out again; what it has not been given stays in the socket
     * @throws ClosedException if the loop is closed
     * @throws io.lingmq.error.NotSupportedException if the socket only sends
     * @throws io.lingmq.error.LingException if the loop has a handler already that receives from this socket or is
     *     called when it is readable
     */
    public <S extends Socket & Receiver> Registration onReceive(S socket, MessageHandler handler) {
        Objects.requireNonNull(socket, "the socket is null");
        Objects.requireNonNull(handler, "the handler is null");
        return new Registration(core.onReceive(socket, socket.core(), handler::handle));
    }

    /**
     * Calls the action once in each turn in which the socket has a message. One that does not receive it is called
     * again and again.
     *
     * @throws ClosedException if the loop is closed
     * @throws io.lingmq.error.NotSupportedException if the socket only sends
     * @throws io.lingmq.error.LingException if the loop has a handler already that receives from this socket or is
     *     called when it is readable
     */
    public Registration onReadable(Socket socket, Action action) {
        Objects.requireNonNull(socket, "the socket is null");
        Objects.requireNonNull(action, "the action is null");
        return new Registration(core.onReadable(socket, socket.core(), action::run));
    }

    /**
     * Calls the action once in each turn in which the socket can send. Most sockets can nearly always, so cancel it
     * while there is nothing to send.
     *
     * @throws ClosedException if the loop is closed
     * @throws io.lingmq.error.NotSupportedException if the socket only receives
     * @throws io.lingmq.error.LingException if the loop has such an action for this socket already
     */
    public Registration onWritable(Socket socket, Action action) {
        Objects.requireNonNull(socket, "the socket is null");
        Objects.requireNonNull(action, "the action is null");
        return new Registration(core.onWritable(socket, socket.core(), action::run));
    }

    /**
     * Calls the action when somebody has closed the socket. All of its registrations have ended then, as they do
     * without such an action. It is not called if the loop is closed, or the context with its sockets.
     *
     * @throws ClosedException if the loop is closed
     * @throws io.lingmq.error.LingException if the loop has such an action for this socket already
     */
    public Registration onClosed(Socket socket, Action action) {
        Objects.requireNonNull(socket, "the socket is null");
        Objects.requireNonNull(action, "the action is null");
        return new Registration(core.onClosed(socket, socket.core(), action::run));
    }

    // ---- channels

    /**
     * Calls the action once in each turn in which the channel has octets to read, or a connection to accept. The
     * channel must be in non-blocking mode as long as it is registered.
     *
     * @throws ClosedException if the loop is closed
     * @throws io.lingmq.error.NotSupportedException if the channel cannot be read from
     * @throws io.lingmq.error.LingException if the channel is in blocking mode or closed, or the loop has such an
     *     action for it already
     */
    public Registration onReadable(SelectableChannel channel, Action action) {
        Objects.requireNonNull(channel, "the channel is null");
        Objects.requireNonNull(action, "the action is null");
        return new Registration(core.onReadable(channel, action::run));
    }

    /**
     * Calls the action once in each turn in which the channel can be written to, or its connect has an outcome. The
     * channel must be in non-blocking mode as long as it is registered.
     *
     * @throws ClosedException if the loop is closed
     * @throws io.lingmq.error.NotSupportedException if the channel cannot be written to
     * @throws io.lingmq.error.LingException if the channel is in blocking mode or closed, or the loop has such an
     *     action for it already
     */
    public Registration onWritable(SelectableChannel channel, Action action) {
        Objects.requireNonNull(channel, "the channel is null");
        Objects.requireNonNull(action, "the action is null");
        return new Registration(core.onWritable(channel, action::run));
    }

    /**
     * Calls the action when somebody has closed the channel. All of its registrations have ended then, as they do
     * without such an action. A loop that waits while another thread closes a channel notices that when it wakes up.
     * Until then the system keeps the channel's descriptor.
     *
     * @throws ClosedException if the loop is closed
     * @throws io.lingmq.error.LingException if the channel is in blocking mode or closed, or the loop has such an
     *     action for it already
     */
    public Registration onClosed(SelectableChannel channel, Action action) {
        Objects.requireNonNull(channel, "the channel is null");
        Objects.requireNonNull(action, "the action is null");
        return new Registration(core.onClosed(channel, action::run));
    }

    // ---- timers and tasks

    /**
     * Calls the action once, when the time is over; with zero or less in the next turn.
     *
     * @throws ClosedException if the loop is closed
     */
    public Registration after(Duration delay, Action action) {
        Objects.requireNonNull(delay, "the delay is null");
        Objects.requireNonNull(action, "the action is null");
        return new Registration(core.after(delay, action::run));
    }

    /**
     * Calls the action at each beat of a period; the first is one period from now. The beats stay where they are,
     * however long an action takes. Beats that pass while the loop is busy, or nobody runs it, are left out but for
     * one. Clocks that are set do not matter.
     *
     * @throws ClosedException if the loop is closed
     * @throws io.lingmq.error.LingException if the period is zero or negative
     */
    public Registration every(Duration period, Action action) {
        Objects.requireNonNull(period, "the period is null");
        Objects.requireNonNull(action, "the action is null");
        return new Registration(core.every(period, action::run));
    }

    /**
     * Runs a task on the loop's thread, in the order in which tasks came. It is never run by this call itself. While
     * nobody runs the loop, tasks wait.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
     */
    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "the task is null");
        core.execute(task);
    }

    // ---- failures

    /**
     * Who hears what handlers, timers and tasks throw, in place of the log: the first argument says in words what has
     * failed, such as {@code "reading handler of PULL socket"}. It is called on the loop's thread. If it throws
     * something itself, both are logged.
     */
    public void onError(BiConsumer<? super String, ? super Throwable> errorHandler) {
        core.onError(Objects.requireNonNull(errorHandler, "the error handler is null"));
    }

    // ---- running

    /**
     * Runs the loop in this thread, until it is stopped, or it or its context is closed. After that it may be run
     * again, unless it is closed: everything that was registered still is.
     *
     * @throws InterruptedException if the thread is interrupted, or a handler has thrown this; the loop may be run
     *     again
     * @throws io.lingmq.error.LingException if a thread runs the loop already
     */
    public void run() throws InterruptedException {
        core.run();
    }

    /**
     * Runs the loop in a daemon thread, until it is stopped, or it or its context is closed.
     *
     * @return this loop
     * @throws io.lingmq.error.LingException if a thread runs the loop already
     */
    public Loop start() {
        core.start();
        return this;
    }

    /**
     * Ends the present run, after the handler that it is in; if nobody runs the loop, the next run ends at once. So a
     * stop that comes before the run is not lost. Several stops before a run has ended are one. What was ready, due or
     * waiting is not lost: it is for the next run.
     */
    public void stop() {
        core.stop();
    }

    /** Whether a thread runs the loop. */
    public boolean isRunning() {
        return core.isRunning();
    }

    /** Whether the loop is closed, by {@link #close} or with its context. */
    public boolean isClosed() {
        return core.isClosed();
    }

    /**
     * Ends the loop. It returns when no handler is running any more, and waits a second for that at most; called in a
     * handler it returns at once, and that handler is the last. Tasks that have not run are dropped, and that is
     * logged. Sockets and channels stay open.
     */
    @Override
    public void close() {
        core.close();
    }

    /** Whether the loop runs, and how much is registered. */
    @Override
    public String toString() {
        return core.toString();
    }
}
