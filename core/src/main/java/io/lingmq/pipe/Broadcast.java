package io.lingmq.pipe;

import io.lingmq.chain.ChainWriter;
import io.lingmq.chain.SharedArrays;
import io.lingmq.event.DropReason;
import io.lingmq.frame.MessageWriter;
import io.lingmq.message.Frames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that go to the same peers, one after the other: they are encoded once, into a log whose arrays are part of
 * each pipe's chain, and each connection reads them at its own pace.
 *
 * <pre>
 *   log            │ array │ array │ array ..
 *   pipe A   own   │ view  │ view  │ view  ..
 *   pipe B     own │ view  │ view  │ view  ..
 * </pre>
 *
 * <p>What a message costs here does not depend on the number of pipes. What is to be done for each of them is done now
 * and then: a view of each new array is linked into its chain, its credit is looked at when that of the poorest may be
 * used up, and its connection is called when it rests or when there is enough for a write.
 *
 * <p>A pipe that is full, or of another kind, is left out and sent to singly. The broadcast ends as soon as one of its
 * pipes gets something else; from then on each goes its own way, behind what it had.
 *
 * <p>Threading: under the socket's lock.
 */
public final class Broadcast {
    /** So many bytes make a write to each pipe; where messages are small, many more would not fit below their marks. */
    private static final int WORTH_WRITES = 64 * 1024;

    /** Of fewer, each is as well sent to singly. */
    private static final int FEWEST = 2;
    /** After so many messages, those that were full may have room again: it is time for a new broadcast. */
    private static final int MOST_WITHOUT_SOME = 1024;

    private final List<WirePipe> pipes;
    private final List<Pipe> leftOut;
    private final ArrayDeque<WirePipe> resting;
    private final ChainWriter log = new ChainWriter();
    private final SharedArrays arrays = new SharedArrays(log);
    private final MessageWriter encoder;
    private long room;
    /** From so many octets in the log on, a pipe may hold as many as it may. */
    private long fullAt;

    private long untold;
    private long offered;
    private boolean someAreFull;
    private int sentWithoutSome;
    private boolean over;

    private Broadcast(int size) { // so that nothing needs memory later on
        pipes = new ArrayList<>(size);
        leftOut = new ArrayList<>(size);
        resting = new ArrayDeque<>(size);
        encoder = new MessageWriter(log, () -> pipes.get(0).unsent()); // any of them may serve
    }

    /** A broadcast to some pipes; null if there are not enough that can share. */
    public static @Nullable Broadcast to(List<Pipe> pipes) {
        var broadcast = new Broadcast(pipes.size());
        try {
            for (var i = 0; i < pipes.size(); i++) {
                broadcast.take(pipes.get(i));
            }
        } catch (RuntimeException | Error e) {
            broadcast.end();
            throw e;
        }
        if (broadcast.isOver()) {
            broadcast.end();
            return null;
        }
        return broadcast;
    }

    private void take(Pipe pipe) {
        if (pipe instanceof WirePipe wire && wire.join(this, log)) {
            pipes.add(wire);
            resting.add(wire); // perhaps
        } else {
            leftOut.add(pipe);
        }
    }

    /**
     * Whether {@link #send} will surely reach all pipes. If not, {@link Pipe#canSend} of each tells which of them it
     * would not reach.
     */
    public boolean allHaveRoom() {
        return (hasRoom() || look()) && leftOut.isEmpty();
    }

    /** Sends to all pipes that have room; returns how many have not, which their peers' records count too. */
    public int send(Frames message) {
        if (!hasRoom() && !look()) {
            leaveOutFull();
        }
        if (!pipes.isEmpty()) {
            sendTogether(message);
        }
        if (someAreFull) {
            sentWithoutSome++;
        }
        return leftOut.isEmpty() ? 0 : sendSingly(message);
    }

    private boolean hasRoom() {
        return room > 0 && log.written() < fullAt;
    }

    private void sendTogether(Frames message) {
        put(message);
        room--;
        untold++;
        if (!resting.isEmpty()) {
            wake();
        }
        if (log.written() - offered >= WORTH_WRITES) {
            offer();
        }
    }

    private int sendSingly(Frames message) {
        var missed = 0;
        for (var i = 0; i < leftOut.size(); i++) {
            var pipe = leftOut.get(i);
            if (!pipe.send(message)) {
                pipe.peerRecord().dropped(DropReason.SUBSCRIBER_FULL, 1);
                missed++;
            }
        }
        return missed;
    }

    private void put(Frames message) {
        encoder.put(message);
        if (arrays.areMore()) {
            try {
                arrays.share(pipes.size(), i -> pipes.get(i).chain());
            } catch (RuntimeException | Error e) {
                log.rollback();
                throw e;
            }
        }
        log.publishAll();
    }

    /** Asks how many more messages fit into all pipes; false if one of them is full. */
    private boolean look() {
        tell();
        measureRoom();
        return hasRoom();
    }

    /** Lets the credit of each pipe know what was put in. */
    private void tell() {
        for (var i = 0; i < pipes.size(); i++) {
            pipes.get(i).tell(untold);
        }
        untold = 0;
    }

    private void measureRoom() {
        var messages = Long.MAX_VALUE;
        var octets = OctetCredit.MOST_UNSEEN;
        for (var i = 0; i < pipes.size(); i++) {
            messages = Math.min(messages, pipes.get(i).room());
            octets = Math.min(octets, pipes.get(i).octetRoom());
        }
        room = messages;
        fullAt = log.written() + octets;
    }

    private void leaveOutFull() {
        for (var i = pipes.size() - 1; i >= 0; i--) {
            var pipe = pipes.get(i);
            if (!pipe.canSend()) {
                pipe.leaveBroadcast();
                pipes.remove(i);
                resting.remove(pipe);
                leftOut.add(pipe);
                someAreFull = true;
            }
        }
        measureRoom();
    }

    private void wake() {
        for (var left = resting.size(); left > 0; left--) {
            resting.remove().offerOutput();
        }
    }

    private void offer() {
        offered = log.written();
        for (var i = 0; i < pipes.size(); i++) {
            pipes.get(i).writeInline();
        }
    }

    /** The connection of a pipe has nothing to write and wants to be told when there is. */
    void rests(WirePipe pipe) {
        resting.add(pipe);
    }

    /** How many messages were sent that the credit of its pipes does not know of yet. */
    long untold() {
        return untold;
    }

    /** Lets each pipe go its own way, and forgets them and what they share. */
    public void end() {
        if (over) {
            return;
        }
        over = true;
        tell();
        for (var i = 0; i < pipes.size(); i++) {
            pipes.get(i).leaveBroadcast();
        }
        pipes.clear();
        leftOut.clear();
        resting.clear();
        arrays.abandon();
    }

    /** Whether it has ended, or had better. */
    public boolean isOver() {
        return over || pipes.size() < FEWEST || sentWithoutSome >= MOST_WITHOUT_SOME;
    }
}
