package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A context is closed under its senders, by several threads at once, some of them interrupted: what cannot leave within
 * the linger is told, and all else arrives, to the last message, also where answers are on their way back.
 */
final class ClosingScenario implements Scenario {
    private static final Duration LONG = Duration.ofSeconds(40);
    /** A close that need not wait for anything takes far less, however busy the machine. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Override
    public Set<Promise> checks() {
        return EnumSet.of(Promise.QUEUE_CLOSE, Promise.QUEUE_CONTEXT_CLOSE, Promise.QUEUE_NO_PEER);
    }

    @Override
    public void run(Turn turn) throws Exception {
        new Play(turn).play();
        turn.kept(checks().toArray(new Promise[0]));
    }

    private static final class Play {
        private final Turn turn;
        private final boolean answers;
        private final boolean patient;
        private final TrafficLedger ledger;
        private final Context near;
        private final AnySocket far;
        private final List<AnySocket> senders = new ArrayList<>();
        private final List<Long> told = Collections.synchronizedList(new ArrayList<>());

        Play(Turn turn) {
            this.turn = turn;
            answers = turn.chance(50);
            patient = turn.chance(60);
            ledger = turn.ledger("closing");
            near = Context.builder()
                    .ioThreads(turn.between(1, 2))
                    .socketDefault(Options.LINGER, patient ? LONG : Duration.ofMillis(turn.oneOf(0, 50)))
                    .socketDefault(Options.SEND_BUFFER, CutBound.BUFFER)
                    .socketDefault(Options.SEND_HWM, turn.between(1, 50))
                    .open();
            turn.keep(near);
            far = turn.keep(Context.builder()
                            .socketDefault(Options.RECEIVE_HWM, turn.between(1, 20))
                            .socketDefault(Options.RECEIVE_BUFFER, CutBound.BUFFER)
                            .socketDefault(Options.LINGER, Duration.ZERO)
                            .open())
                    .socket(answers ? SocketType.DEALER : SocketType.PULL);
            turn.note("answers " + answers + ", patient " + patient);
        }

        void play() throws Exception {
            var type = answers ? SocketType.DEALER : SocketType.PUSH;
            for (var i = turn.between(1, 3); i > 0; i--) {
                var sender = near.socket(type);
                senders.add(sender);
                var endpoint = turn.oneOf(Way.TCP, Way.IPC).endpoint();
                if (turn.chance(50)) {
                    sender.connect(far.bind(endpoint));
                } else {
                    far.connect(sender.bind(endpoint));
                }
            }
            var reading = new ParcelReceiver(turn, far, reader()).slow(turn.oneOf(0, 5));
            var receiving = turn.start("receiving", reading);
            var sending = new ArrayList<TurnTask>();
            for (var sender : senders) {
                var stream = ledger.stream("stream of " + sender);
                sending.add(turn.start(
                        "sending", new ParcelSender(turn, sender, stream).sizes(CutBound.LEAST, 2 * CutBound.LEAST)));
            }
            var lonely = lonely(type);
            Pauses.ms(turn.between(100, 800));
            close();
            turn.join(sending);
            settle(lonely, reading, receiving);
        }

        private Consumer<Frames> reader() {
            var reader = ledger.reader(true);
            return message -> {
                reader.note(message, 0);
                if (answers) {
                    far.trySend(message);
                }
            };
        }

        /** A sender with whom nobody speaks, and whose messages are lost unless somebody comes. */
        private long lonely(SocketType type) {
            if (patient) {
                return 0; // it would hold up the close for all its time
            }
            var alone = near.socket(type);
            senders.add(alone);
            alone.connect(turn.oneOf(Way.values()).endpoint());
            var stream = ledger.stream("lonely");
            var random = turn.random();
            var parcel = stream.next();
            while (alone.trySend(parcel.pack(random, 0, 100))) {
                stream.taken(parcel);
                parcel = stream.next();
            }
            return parcel.number();
        }

        private void close() throws InterruptedException {
            var closing = new ArrayList<TurnTask>();
            var beginNs = System.nanoTime();
            for (var i = turn.between(1, 3); i > 0; i--) {
                var interrupted = turn.has(Trouble.INTERRUPTS) && turn.chance(30);
                closing.add(turn.start("closing", () -> {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return told.add(near.close(LONG).lost());
                }));
            }
            turn.join(closing);
            var tookNs = System.nanoTime() - beginNs;
            if (tookNs > SOON.toNanos()) {
                throw new AssertionError("closing took " + tookNs / 1_000_000 + " ms, and had nothing to wait for");
            }
        }

        private void settle(long lonely, ParcelReceiver reading, TurnTask receiving) {
            turn.note("told " + told + ", senders " + Counted.told(senders));
            var unsent = Counted.dropped(senders, DropReason.UNSENT);
            // Answers that nobody reads make the system throw away what it has not delivered, unless the close waits.
            var most = answers && !patient ? senders.size() * CutBound.atEnd() : 0;
            turn.await("all arrives but " + unsent, () -> ledger.missing() <= unsent + most);
            turn.await("the sockets have parted", () -> far.statistics().peers() == 0);
            reading.stop();
            turn.stop(List.of(receiving));
            ledger.settle(Counted.dropped(senders), most);
            for (var result : told) {
                Counted.assertEqual("what a close tells of " + told, unsent, result);
            }
            if (unsent < lonely || (patient && unsent > 0)) {
                throw new AssertionError(unsent + " messages told as lost, " + lonely + " had nobody to go to");
            }
        }
    }
}
