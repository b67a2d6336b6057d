package io.lingmq.cli.socket;

import io.lingmq.AnySocket;
import io.lingmq.cli.shell.Console;

/** PUSH and PUB: send all messages. */
final class Sending implements Activity {
    private final AnySocket socket;
    private final Outbox outbox;
    private final Console console;

    Sending(AnySocket socket, Outbox outbox, Console console) {
        this.socket = socket;
        this.outbox = outbox;
        this.console = console;
    }

    @Override
    public void run() throws InterruptedException {
        outbox.awaitPeers();
        var sent = 0L;
        while (outbox.sendNext() != null) {
            sent++;
        }
        outbox.awaitSent();
        Losses.tell(socket, sent, console);
    }
}
