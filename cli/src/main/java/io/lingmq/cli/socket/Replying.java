package io.lingmq.cli.socket;

import io.lingmq.message.Message;

/** REP: print each request and answer it. */
final class Replying implements Activity {
    /** Makes the reply to a request. */
    @FunctionalInterface
    interface Responder {
        Message reply(Message request) throws InterruptedException;
    }

    private final Inbox inbox;
    private final Outbox outbox;
    private final Responder responder;
    private final long count;

    Replying(Inbox inbox, Outbox outbox, Responder responder, Limits limits) {
        this.inbox = inbox;
        this.outbox = outbox;
        this.responder = responder;
        this.count = limits.countOrEndless();
    }

    @Override
    public void run() throws InterruptedException {
        for (var served = 0L; served < count; served++) {
            var request = inbox.printNext("no request came");
            outbox.send(responder.reply(request));
        }
        inbox.flush();
    }
}
