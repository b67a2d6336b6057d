package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import java.util.ArrayList;
import java.util.List;

/** One way that messages go: who sends, who receives, the book of it, and what is counted as lost. */
final class Way {
    private final Flow flow;
    private final DropReason[] counted;
    private final List<Player> senders = new ArrayList<>();
    private final List<Player> receivers = new ArrayList<>();
    private Forwarder between;
    private long calmNs = Long.MAX_VALUE;
    private long countedBefore;

    Way(Flow flow, DropReason... counted) {
        this.flow = flow;
        this.counted = counted;
    }

    Flow flow() {
        return flow;
    }

    /** All goes through this proxy. */
    void passes(Forwarder proxy) {
        between = proxy;
        flow.passes(proxy.player().host);
    }

    void from(Player sender) {
        flow.add(sender);
        senders.add(sender);
    }

    void to(Player receiver) {
        receivers.add(receiver);
    }

    /** Who has sent a message that has come. */
    Player sender(Message message) {
        return senders.get(Flow.sender(message.sharedArray(0)));
    }

    /** What this one sends next; the same message until it was taken. */
    Message next(Player sender) {
        return flow.next(senders.indexOf(sender));
    }

    /** It was taken, for one receiver, or for any if that is null. */
    void isTaken(Player sender, String destination) {
        flow.isTaken(senders.indexOf(sender), destination);
    }

    /** From now on nothing is disturbed any more. */
    void calm(long nowNs) {
        calmNs = nowNs;
        countedBefore = counted();
        if (between != null) {
            between.calm();
        }
    }

    private long counted() {
        var onTheWay = between == null ? 0 : between.player().dropped(counted) + between.lostForth();
        return onTheWay
                + senders.stream().mapToLong(sender -> sender.dropped(counted)).sum();
    }

    void check() {
        flow.check(counted(), receivers);
        flow.checkHealed(calmNs, counted() - countedBefore);
    }
}
