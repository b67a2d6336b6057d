package io.lingmq.support;

import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.PipeOwner;
import java.util.ArrayList;
import java.util.List;

/** A socket at the end of a pipe that only notes which bells were rung. Threading: any thread. */
public final class BellRecorder implements PipeOwner {
    private final List<Doorbell> rung = new ArrayList<>();
    private volatile boolean busy;
    private volatile boolean sending;
    private volatile boolean sendsOneAfterTheOther;
    private int turn;

    @Override
    public synchronized void rung(Doorbell bell) {
        rung.add(bell);
    }

    @Override
    public boolean isHeldForSending() {
        return sending;
    }

    @Override
    public int currentHold() {
        return sendsOneAfterTheOther ? turn++ : turn;
    }

    @Override
    public boolean tryHold() {
        return !busy;
    }

    @Override
    public void letGo() {}

    /** From now on the socket is as if another thread were just calling it, or not. */
    public void busy(boolean isBusy) {
        busy = isBusy;
    }

    /** From now on the socket is as if another thread were just sending through it, for ever. */
    public void sends() {
        sending = true;
    }

    /** From now on the socket is as if another thread sent one message after the other, with hardly a pause. */
    public void sendsOneAfterTheOther() {
        sending = true;
        sendsOneAfterTheOther = true;
    }

    /** The bells that were rung since this was last asked. */
    public synchronized List<Doorbell> take() {
        var all = List.copyOf(rung);
        rung.clear();
        return all;
    }

    /** What the bells meant that were rung since this was last asked. */
    public List<Doorbell.Kind> takeKinds() {
        return take().stream().map(Doorbell::kind).toList();
    }
}
