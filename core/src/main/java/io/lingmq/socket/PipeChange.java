package io.lingmq.socket;

import io.lingmq.pipe.Notice;
import io.lingmq.pipe.Pipe;

/** A pipe comes or goes, or its peer does: what is to be done about that under the socket's lock, once. */
final class PipeChange extends Notice {
    private final Pipe pipe;
    private final Runnable work;

    PipeChange(Pipe pipe, Runnable work) {
        this.pipe = pipe;
        this.work = work;
    }

    Pipe pipe() {
        return pipe;
    }

    void apply() {
        work.run();
    }
}
