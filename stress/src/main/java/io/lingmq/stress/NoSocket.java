package io.lingmq.stress;

import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.PipeOwner;

/** Stands for the socket of a pipe in tests that are not about it. */
public final class NoSocket implements PipeOwner {
    @Override
    public void rung(Doorbell bell) {}

    @Override
    public boolean tryHold() {
        return true;
    }

    @Override
    public void letGo() {}
}
