package io.lingmq.cli.socket;

import io.lingmq.AnySocket;
import io.lingmq.message.Message;

/** The receiving side of a command: prints what comes, minds the time limit. */
final class Inbox {
    private final AnySocket socket;
    private final Printer printer;
    private final Waits waits;

    Inbox(AnySocket socket, Printer printer, Waits waits) {
        this.socket = socket;
        this.printer = printer;
        this.waits = waits;
    }

    /**
     * Receives and prints the next message; what was printed before is shown at the latest when nothing more is there.
     */
    Message printNext(String whatIsMissing) throws InterruptedException {
        var message = socket.tryReceive();
        if (message == null) {
            printer.flush();
            message = await(whatIsMissing);
        }
        printer.print(message);
        return message;
    }

    private Message await(String whatIsMissing) throws InterruptedException {
        var timeout = waits.longest();
        var message = timeout == null ? socket.receive() : socket.receive(timeout);
        if (message == null) {
            throw waits.timedOut(whatIsMissing);
        }
        return message;
    }

    void flush() {
        printer.flush();
    }
}
