package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.error.ClosedException;
import io.lingmq.error.UnroutableException;
import io.lingmq.interop.Program;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The peer is a process of its own, which is stopped and continued, then killed, and in some turns followed by another
 * one. A stopped peer loses nothing; a killed one takes along what it held, and nothing else.
 */
final class ProcessScenario implements Scenario {
    private static final int LEAST_PER_LIFE = 1000;

    @Override
    public Set<Promise> checks() {
        return EnumSet.of(
                Promise.QUEUE_PROCESS_END,
                Promise.ROUTE_PROCESS_END,
                Promise.PUBLISH_PROCESS_END,
                Promise.RECEIVE_PROCESS_END);
    }

    @Override
    public void run(Turn turn) throws Exception {
        var sender = turn.oneOf(SocketType.PUSH, SocketType.ROUTER, SocketType.PUB);
        var receiver = receiverFor(sender);
        if (turn.chance(50)) {
            new Play(turn, sender, receiver).withTheirReceiver();
            turn.kept(Promise.RECEIVE_PROCESS_END);
        } else {
            new Play(turn, receiver, sender).withTheirSender();
            turn.kept(
                    sender == SocketType.PUSH
                            ? Promise.QUEUE_PROCESS_END
                            : sender == SocketType.PUB ? Promise.PUBLISH_PROCESS_END : Promise.ROUTE_PROCESS_END);
        }
    }

    private static SocketType receiverFor(SocketType sender) {
        return switch (sender) {
            case PUSH -> SocketType.PULL;
            case PUB -> SocketType.SUB;
            default -> SocketType.DEALER;
        };
    }

    private static final class Play {
        private final Turn turn;
        private final int mark;
        private final String endpoint;
        private final SocketType theirs;
        private final AnySocket ours;
        private final TrafficLedger ledger;
        private final TrafficLedger.Stream stream;

        Play(Turn turn, SocketType ours, SocketType theirs) {
            this.turn = turn;
            this.theirs = theirs;
            mark = turn.between(1, 50);
            endpoint = turn.oneOf(Way.TCP, Way.IPC).endpoint();
            var context = turn.keep(Context.builder()
                    .socketDefault(Options.SEND_HWM, mark)
                    .socketDefault(Options.RECEIVE_HWM, mark)
                    .socketDefault(Options.SEND_BUFFER, CutBound.BUFFER)
                    .socketDefault(Options.RECEIVE_BUFFER, CutBound.BUFFER)
                    .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(10))
                    .socketDefault(Options.LINGER, Duration.ZERO)
                    .open());
            this.ours = context.socket(ours);
            ChildMain.setUp(this.ours);
            this.ours.connect(endpoint);
            ledger = turn.ledger("with a process");
            stream = ledger.stream("stream");
            turn.note("our " + ours + ", their " + theirs + ", mark " + mark + " at " + endpoint);
        }

        private Program child() throws IOException {
            var command = Jvm.command(List.of("-Xmx64m"), ChildMain.class, theirs.name(), endpoint, "" + mark);
            var child = turn.keep(Program.start("torture-child", command));
            if (!child.line(Turn.PATIENCE).equals("ready")) {
                throw new AssertionError("the child does not begin" + child.errors());
            }
            return child;
        }

        private void stopAndContinue(Program child) throws IOException, InterruptedException {
            Jvm.stop(child);
            Pauses.ms(turn.between(10, 400));
            Jvm.goOn(child);
        }

        void withTheirReceiver() throws IOException, InterruptedException {
            var random = turn.random();
            var sending = turn.start("sending", () -> sendForEver(random));
            var reader = ledger.reader(true);
            var lives = turn.between(1, 2);
            for (var life = 0; life < lives; life++) {
                var child = child();
                note(child, reader, LEAST_PER_LIFE);
                stopAndContinue(child);
                note(child, reader, LEAST_PER_LIFE);
                child.kill();
                for (String line; (line = child.lastLine()) != null; ) {
                    reader.note(new Parcel(stream.id(), Integer.parseInt(line)));
                }
            }
            ours.close();
            turn.join(List.of(sending));
            turn.note("ours " + Counted.told(List.of(ours)));
            // What the last one had not been sent yet is counted as our socket closes, once that is through.
            // A publisher's messages while nobody subscribed are nobody's, and are not counted.
            var most = ours.type() == SocketType.PUB ? Long.MAX_VALUE : lives * CutBound.atKill(mark, CutBound.LEAST);
            turn.await("what is unsent is counted", () -> ledger.missing() - Counted.dropped(ours) <= most);
            ledger.settle(Counted.dropped(ours), most);
        }

        private @Nullable Void sendForEver(Random random) throws InterruptedException {
            while (true) {
                var parcel = stream.next();
                var message = parcel.pack(random, CutBound.LEAST, 2 * CutBound.LEAST);
                try {
                    ours.send(ChildMain.envelope(ours.type(), message));
                    stream.taken(parcel);
                } catch (UnroutableException e) {
                    stream.refused(parcel);
                    Pauses.ms(1);
                } catch (ClosedException e) {
                    stream.refused(parcel);
                    return null;
                }
            }
        }

        private void note(Program child, TrafficLedger.Reader reader, int count) {
            for (var i = 0; i < count; i++) {
                reader.note(new Parcel(stream.id(), Integer.parseInt(child.line(Turn.PATIENCE))));
            }
        }

        void withTheirSender() throws IOException, InterruptedException {
            var child = child();
            var reader = ledger.reader(true);
            receive(reader, LEAST_PER_LIFE);
            stopAndContinue(child);
            receive(reader, LEAST_PER_LIFE);
            child.kill();
            turn.await("the end is seen, once all before it is read", () -> {
                receiveWhatIsThere(reader);
                return ours.statistics().peers() == 0;
            });
            receiveWhatIsThere(reader);
            var told = 0;
            for (String line; (line = child.lastLine()) != null; told++) {
                stream.taken(new Parcel(stream.id(), Integer.parseInt(line)));
            }
            turn.note("the child told of " + told);
            // A publisher never waits: what we were too slow for was dropped there, and the count went with it.
            ledger.settle(0, ours.type() == SocketType.SUB ? Long.MAX_VALUE : CutBound.atKill(mark, CutBound.LEAST));
        }

        private void receiveWhatIsThere(TrafficLedger.Reader reader) {
            for (var rest = ours.tryReceive(); rest != null; rest = ours.tryReceive()) {
                reader.note(rest, ChildMain.parcelAt(ours.type()));
            }
        }

        private void receive(TrafficLedger.Reader reader, int count) throws InterruptedException {
            for (var i = 0; i < count; i++) {
                var message = ours.receive(Turn.PATIENCE);
                if (message == null) {
                    throw new AssertionError("nothing more comes from the child");
                }
                reader.note(message, ChildMain.parcelAt(ours.type()));
            }
        }
    }
}
