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
    private long calmNs = Long.MAX_VALUE;
    private long countedBefore;

    Way(Flow flow, DropReason... counted) {
        this.flow = flow;
        this.counted = counted;
    }

    Flow flow() {
        return flow;
    }

    void from(Player sender) {
        flow.add(sender);
        senders.add(sender);
    }

    void to(Player receiver) {
        receivers.add(receiver);
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
    }

    private long counted() {
        return senders.stream().mapToLong(sender -> sender.dropped(counted)).sum();
    }

    void check() {
        flow.check(counted(), receivers);
        flow.checkHealed(calmNs, counted() - countedBefore);
    }
}
