package io.lingmq.socket;

import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.PipeOwner;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the owner of a pipe's far end until a socket binds the name.
 *
 * <p>A bell of that end is armed only after the end was attached to its socket, so none can ring before.
 */
final class LateOwner implements PipeOwner {
    private volatile @Nullable PipeOwner real;

    void is(PipeOwner owner) {
        assert real == null : "a pipe has one owner at each end";
        real = owner;
    }

    @Override
    public void rung(Doorbell bell) {
        var owner = real;
        if (owner != null) {
            owner.rung(bell);
        }
    }

    @Override
    public boolean isHeldForSending() {
        var owner = real;
        return owner != null && owner.isHeldForSending();
    }

    @Override
    public int currentHold() {
        var owner = real;
        return owner == null ? 0 : owner.currentHold();
    }

    @Override
    public boolean tryHold() {
        var owner = real;
        return owner != null && owner.tryHold();
    }

    @Override
    public void letGo() {
        Objects.requireNonNull(real).letGo();
    }
}
