package io.lingmq.cli.socket;

/** PULL and SUB: print what comes. */
final class Receiving implements Activity {
    private final Inbox inbox;
    private final long count;

    Receiving(Inbox inbox, Limits limits) {
        this.inbox = inbox;
        this.count = limits.countOrEndless();
    }

    @Override
    public void run() throws InterruptedException {
        for (var received = 0L; received < count; received++) {
            inbox.printNext("no message came");
        }
        inbox.flush();
    }
}
