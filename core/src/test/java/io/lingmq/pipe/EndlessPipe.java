package io.lingmq.pipe;

import io.lingmq.event.Peer;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.wire.Subscription;

/** A pipe to a peer that says the same thing again and again, faster than anybody can listen. */
public final class EndlessPipe extends Pipe {
    private final Message flood;
    private volatile Message next;

    /** The flood consists of this message. */
    public EndlessPipe(PipeOwner owner, Message flood) {
        super(owner);
        this.flood = flood;
    }

    /** One other message in the midst of the flood. */
    public void says(Message message) {
        next = message;
    }

    @Override
    public Message receive() {
        var message = next;
        if (message == null) {
            return flood;
        }
        next = null;
        return message;
    }

    @Override
    public boolean receive(MessageBuffer into) {
        into.clear().addAll(receive());
        return true;
    }

    @Override
    public boolean canReceive() {
        return true;
    }

    @Override
    public boolean send(Frames message) {
        return true;
    }

    @Override
    public boolean canSend() {
        return true;
    }

    @Override
    public void sendSubscription(Subscription subscription) {}

    @Override
    public void refuse(String reason) {}

    @Override
    public void changeMarks(Marks marks) {}

    @Override
    public long unsent() {
        return 0;
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    long dropInput() {
        return 0;
    }

    @Override
    long arrived() {
        return 0;
    }

    @Override
    long taken() {
        return 0;
    }

    @Override
    public long unreadOctets() {
        return 0;
    }

    @Override
    Peer.Counts counts() {
        return new Peer.Counts(0, 0, 0, 0, 0, 0);
    }
}
