package io.lingmq.cli.socket;

/** REQ: send a request, print its reply, and so on. */
final class Requesting implements Activity {
    private final Outbox outbox;
    private final Inbox inbox;

    Requesting(Outbox outbox, Inbox inbox) {
        this.outbox = outbox;
        this.inbox = inbox;
    }

    @Override
    public void run() throws InterruptedException {
        outbox.awaitPeers();
        while (outbox.sendNext() != null) {
            inbox.printNext("no reply came");
            inbox.flush();
        }
    }
}
