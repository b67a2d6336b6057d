package io.lingmq.cli.demo;

import io.lingmq.Context;
import io.lingmq.PubSocket;
import io.lingmq.Receiver;
import io.lingmq.Socket;
import io.lingmq.cli.demo.Places.Place;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Waiting;
import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** One run of a scene: a context, endpoints, threads, and checks that count. */
final class SceneRun {
    /** Far more than anything here needs, so that only what is lost comes too late. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Context context;
    private final Places places;
    private final Console console;
    private final AtomicReference<LingException> backstage = new AtomicReference<>();
    private int arrivals;

    SceneRun(Context context, Places places, Console console) {
        this.context = context;
        this.places = places;
        this.console = console;
    }

    /** Work of another thread. */
    @FunctionalInterface
    interface Part {
        void play() throws InterruptedException;
    }

    Context context() {
        return context;
    }

    /** How many messages were checked to have arrived. */
    int arrivals() {
        return arrivals;
    }

    Place tcp(int port) {
        return places.tcp(port);
    }

    Place ipc(String name) {
        return places.ipc(name);
    }

    /** Tells what happens. */
    void says(String who, String what) {
        console.out().printf("   %-10s %s%n", who, what);
        console.out().flush();
    }

    /** Lets a thread play a part that ends at the latest when the scene's context is closed. */
    Thread start(String name, Part part) {
        var thread = new Thread(() -> play(part), "ling-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void play(Part part) {
        try {
            part.play();
        } catch (ClosedException | InterruptedException e) {
            // The scene is over.
            Thread.currentThread().interrupt();
        } catch (LingException e) {
            backstage.set(e);
        }
    }

    /** Waits until peers have connected and shaken hands. */
    void awaitPeers(Socket socket, int count) throws InterruptedException {
        if (!socket.awaitPeers(count, PATIENCE)) {
            throw failure("waited in vain for " + count + " peers at the " + socket.type());
        }
    }

    /** Waits until somebody has subscribed. */
    void awaitSubscriber(PubSocket publisher) throws InterruptedException {
        if (!publisher.awaitSubscriptions(1, PATIENCE)) {
            throw failure("waited in vain for the subscription");
        }
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        if (!Waiting.until(condition, PATIENCE)) {
            throw failure("waited in vain for " + what);
        }
    }

    /** Waits until a thread has played its part. */
    void awaitEnd(Thread part) throws InterruptedException {
        part.join(PATIENCE.toMillis());
        check(!part.isAlive(), "the thread " + part.getName() + " did not come to its end");
    }

    /** Receives the next message, which must come. */
    Message receive(Receiver socket, String who) throws InterruptedException {
        var message = socket.receive(PATIENCE);
        if (message == null) {
            throw failure(who + " received nothing");
        }
        arrivals++;
        return message;
    }

    /** Receives the next message, which must have these frames. */
    Message expect(Receiver socket, String who, String... frames) throws InterruptedException {
        var message = receive(socket, who);
        check(message.texts().equals(List.of(frames)), who + " received " + message + " instead of " + List.of(frames));
        return message;
    }

    /** Counts messages that other threads saw arrive. */
    void arrived(int messages) {
        arrivals += messages;
    }

    void check(boolean holds, String otherwise) {
        if (!holds) {
            throw failure(otherwise);
        }
    }

    private CommandFailure failure(String what) {
        var cause = backstage.get();
        return CommandFailure.failed(cause == null ? what : what + ", because: " + cause.getMessage());
    }
}
