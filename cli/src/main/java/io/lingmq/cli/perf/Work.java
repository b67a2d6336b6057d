package io.lingmq.cli.perf;

import io.lingmq.Receiver;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;

/** What the measurements have in common. */
final class Work {
    private Work() {}

    /** Receives a message and makes sure that it is one of ours. */
    static Message take(Receiver socket, int size) throws InterruptedException {
        return checked(socket.receive(), size);
    }

    static Message checked(Message message, int size) {
        if (message.size(0) != size || message.isMultipart()) {
            throw CommandFailure.failed("a message of " + message.totalSize() + " bytes in " + message.frameCount()
                    + " frames came, where one frame of " + size + " bytes was expected");
        }
        return message;
    }

    /** Starts the other side of a measurement within this process. */
    static Thread inThread(String name, Side side) {
        var thread = new Thread(
                () -> {
                    try {
                        side.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (ClosedException e) {
                        // The user has ended the measurement, and this side with it.
                        return;
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** One side of a measurement. */
    @FunctionalInterface
    interface Side {
        void run() throws InterruptedException;
    }
}
