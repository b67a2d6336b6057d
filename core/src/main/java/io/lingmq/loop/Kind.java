package io.lingmq.loop;

import io.lingmq.socket.PollCore;

/** What a socket or channel may have a handler for, one of each kind. */
enum Kind {
    READING(PollCore.READ, "reading handler"),
    WRITING(PollCore.WRITE, "writing handler"),
    CLOSING(PollCore.CLOSE, "closing handler");

    private final int interest;
    private final String text;

    Kind(int interest, String text) {
        this.interest = interest;
        this.text = text;
    }

    /** The interest that the poller knows it by. */
    int interest() {
        return interest;
    }

    @Override
    public String toString() {
        return text;
    }
}
