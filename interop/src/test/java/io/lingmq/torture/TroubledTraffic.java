package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Receiver;
import io.lingmq.Sender;
import io.lingmq.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * The traffic from some sockets to others, with all troubles at once, until all that was taken has arrived. Exact: no
 * connection is cut, senders that close linger, and receivers stay.
 */
final class TroubledTraffic {
    private final Turn turn;
    private final List<AnySocket> senders;
    private final List<AnySocket> receivers;
    private final TrafficLedger ledger;
    private final List<TurnTask> sending = new ArrayList<>();
    private final List<ParcelReceiver> reading = new ArrayList<>();
    private final List<TurnTask> receiving = new ArrayList<>();

    TroubledTraffic(Turn turn, List<AnySocket> senders, List<AnySocket> receivers) {
        this.turn = turn;
        this.senders = senders;
        this.receivers = receivers;
        ledger = turn.ledger("pipeline");
    }

    void flow() throws InterruptedException {
        DescriptorHog.startIfAsked(turn);
        startSending();
        startReceiving();
        var all = new ArrayList<>(sending);
        all.addAll(receiving);
        turn.join(List.of(Troubles.interrupts(turn, all), Troubles.changingMarks(turn, both()), closing()));
        turn.stop(sending);
        turn.await("all arrives", () -> ledger.missing() == 0);
        reading.forEach(ParcelReceiver::stop);
        turn.stop(receiving);
        settle();
    }

    private void startSending() {
        for (Sender sender : senders) {
            for (var i = turn.between(1, 3); i > 0; i--) {
                var stream = ledger.stream("stream of " + sender + " " + i);
                sending.add(turn.start("sending", new ParcelSender(turn, sender, stream)));
            }
        }
    }

    private void startReceiving() {
        for (Receiver receiver : receivers) {
            var threads = turn.between(1, 2);
            for (var i = 0; i < threads; i++) {
                var reader = ledger.reader(threads == 1);
                var work = new ParcelReceiver(turn, receiver, message -> reader.note(message, 0))
                        .slow(turn.oneOf(0, 0, 5, 30));
                reading.add(work);
                receiving.add(turn.start("receiving", work));
            }
        }
    }

    private List<Socket> both() {
        var all = new ArrayList<Socket>(senders);
        all.addAll(receivers);
        return all;
    }

    /** Closes some of the senders in the midst of their traffic, each from two threads at once. */
    private TurnTask closing() {
        var victims = senders.stream()
                .filter(sender -> turn.has(Trouble.CLOSES) && turn.chance(40))
                .toList();
        var random = turn.random();
        return turn.start("closing", () -> {
            for (var victim : victims) {
                Pauses.ms(100 + random.nextInt(500));
                turn.join(List.of(
                        turn.start("closing-once", () -> close(victim)),
                        turn.start("closing-twice", () -> close(victim))));
            }
            return null;
        });
    }

    private static boolean close(AnySocket socket) {
        socket.close();
        return true;
    }

    private void settle() {
        turn.note("senders " + Counted.told(senders) + ", receivers " + Counted.told(receivers));
        ledger.settle(Counted.dropped(both()), 0);
        Counted.assertEqual("what senders say they sent", ledger.taken(), Counted.sent(senders));
        Counted.assertEqual("what receivers say they received", ledger.arrived(), Counted.received(receivers));
    }
}
