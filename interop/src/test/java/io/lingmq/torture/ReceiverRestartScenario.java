package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.PullSocket;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A receiver closes in the midst of the traffic, with messages that it has not received, and another one binds in its
 * place, again and again. What the first one held goes with it; what the senders still have goes to the next.
 */
final class ReceiverRestartScenario implements Scenario {
    /** Octets of a parcel: large, so that few of them are in what one read brings. */
    private static final int LEAST = 16 * 1024;

    @Override
    public Set<Promise> checks() {
        return EnumSet.of(Promise.RECEIVE_CLOSE, Promise.QUEUE_RECONNECT);
    }

    @Override
    public void run(Turn turn) throws Exception {
        var mark = turn.between(1, 20);
        var context = turn.keep(Context.builder()
                .socketDefault(Options.RECEIVE_HWM, mark)
                .socketDefault(Options.SEND_HWM, mark)
                .socketDefault(Options.SEND_BUFFER, CutBound.BUFFER)
                .socketDefault(Options.RECEIVE_BUFFER, CutBound.BUFFER)
                .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(2))
                .socketDefault(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(20))
                .socketDefault(Options.LINGER, Duration.ofSeconds(30))
                .open());
        var endpoint = turn.oneOf(Way.TCP, Way.IPC).endpoint();
        var ledger = turn.ledger("restarts");
        var senders = new ArrayList<AnySocket>();
        var sending = new ArrayList<TurnTask>();
        for (var i = turn.between(1, 3); i > 0; i--) {
            var sender = context.socket(SocketType.PUSH);
            sender.connect(endpoint);
            senders.add(sender);
            var work = new ParcelSender(turn, sender, ledger.stream("stream " + i)).sizes(LEAST, 2 * LEAST);
            sending.add(turn.start("sending", work));
        }
        var restarts = 0L;
        while (turn.goesOn()) {
            try (var receiver = context.pull()) {
                receiver.bind(endpoint);
                receive(turn, ledger, receiver, turn.between(1, 3000));
                restarts++;
            }
        }
        receiveTheRest(turn, context, endpoint, ledger, senders, sending);
        var most = restarts * senders.size() * CutBound.atKill(mark, LEAST);
        turn.note(restarts + " restarts, senders " + Counted.told(senders));
        ledger.settle(Counted.dropped(senders), most);
        turn.kept(Promise.RECEIVE_CLOSE, Promise.QUEUE_RECONNECT);
    }

    private static void receive(Turn turn, TrafficLedger ledger, PullSocket receiver, int count)
            throws InterruptedException {
        var reader = ledger.reader(true); // each life has one connection with each sender at most
        for (var n = 0; n < count && turn.goesOn(); ) {
            var message = receiver.receive(Duration.ofMillis(50));
            if (message != null) {
                reader.note(message, 0);
                n++;
            }
        }
    }

    /** The last one stays until all senders have closed, with nothing left. */
    private static void receiveTheRest(
            Turn turn,
            Context context,
            String endpoint,
            TrafficLedger ledger,
            List<AnySocket> senders,
            List<TurnTask> sending)
            throws InterruptedException {
        try (var receiver = context.pull()) {
            receiver.bind(endpoint);
            var reader = ledger.reader(true);
            var reading = new ParcelReceiver(turn, receiver, message -> reader.note(message, 0));
            var receiving = turn.start("receiving", reading);
            turn.stop(sending); // not before: who waits for room needs a receiver
            turn.await(
                    "nothing is left at the senders",
                    () -> senders.stream()
                            .allMatch(sender -> sender.statistics().unsent() == 0));
            senders.forEach(AnySocket::close);
            turn.await("all have parted", () -> receiver.statistics().peers() == 0);
            long before;
            do {
                before = ledger.arrived();
                Pauses.ms(100);
            } while (ledger.arrived() != before);
            reading.stop();
            turn.stop(List.of(receiving));
        }
    }
}
