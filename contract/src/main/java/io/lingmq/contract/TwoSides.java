package io.lingmq.contract;

import io.lingmq.Context;
import io.lingmq.Receiver;
import io.lingmq.Socket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Two contexts, as if they were two programs: one binds, the other connects. */
final class TwoSides implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Context binding = context();
    private final Context connecting = context();

    private static Context context() {
        return Context.builder()
                .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(10))
                .socketDefault(Options.LINGER, PATIENCE)
                .open();
    }

    /** The side that binds. */
    Context binding() {
        return binding;
    }

    /** The side that connects. */
    Context connecting() {
        return connecting;
    }

    static void awaitPeers(Socket socket, int count) {
        Await.until(
                socket + " has " + count + " peers",
                PATIENCE,
                () -> socket.statistics().peers() == count);
    }

    static void await(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, condition);
    }

    /** The next message, which must come. */
    static Message take(Receiver socket) throws InterruptedException {
        var message = socket.receive(PATIENCE);
        if (message == null) {
            throw new AssertionError("no message came for " + socket);
        }
        return message;
    }

    @Override
    public void close() {
        connecting.close();
        binding.close();
    }
}
