package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Streams through connections that are cut, reset, dribbled and silenced. What was not yet on its way goes to the next
 * connection or is counted; what was, is the one thing unknown, and no more than {@link CutBound} says. Silence alone
 * loses nothing.
 */
final class CutScenario implements Scenario {
    private enum Kind {
        /** PUSH to PULL or DEALER to DEALER; the sender connects. */
        QUEUE,
        /** The same, the sender binds: what is left for a lost peer is lost, and counted. */
        QUEUE_BINDS,
        /** From a ROUTER to named DEALERs. */
        ROUTE
    }

    @Override
    public Set<Promise> checks() {
        return EnumSet.of(Promise.QUEUE_RECONNECT, Promise.ROUTE_RECONNECT, Promise.RECEIVE_RECONNECT);
    }

    @Override
    public void run(Turn turn) throws Exception {
        var play = new Play(turn);
        play.play();
        turn.kept(play.kind == Kind.ROUTE ? Promise.ROUTE_RECONNECT : Promise.QUEUE_RECONNECT);
        turn.kept(Promise.RECEIVE_RECONNECT);
    }

    private static final class Play {
        private final Turn turn;
        private final Kind kind;
        private final boolean heartbeats;
        private final TrafficLedger ledger;
        private final Context near;
        private final Context far;
        private final List<FaultProxy> proxies = new ArrayList<>();
        private final List<AnySocket> senders = new ArrayList<>();
        private final List<AnySocket> receivers = new ArrayList<>();
        private final List<TurnTask> sending = new ArrayList<>();
        private final List<ParcelReceiver> reading = new ArrayList<>();
        private final List<TurnTask> receiving = new ArrayList<>();

        Play(Turn turn) {
            this.turn = turn;
            kind = turn.oneOf(Kind.values());
            heartbeats = turn.chance(50);
            ledger = turn.ledger("through cuts");
            near = context();
            far = context();
            turn.note(kind + ", heartbeats " + heartbeats);
        }

        private Context context() {
            var beat = heartbeats ? Duration.ofMillis(100) : Duration.ZERO;
            return turn.keep(Context.builder()
                    .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(turn.between(1, 30)))
                    .socketDefault(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(100))
                    .socketDefault(Options.HEARTBEAT_INTERVAL, beat)
                    .socketDefault(Options.SEND_BUFFER, CutBound.BUFFER)
                    .socketDefault(Options.RECEIVE_BUFFER, CutBound.BUFFER)
                    .socketDefault(Options.SEND_HWM, turn.between(1, 100))
                    .socketDefault(Options.RECEIVE_HWM, turn.between(1, 100))
                    .socketDefault(Options.LINGER, Duration.ofSeconds(30))
                    .open());
        }

        void play() throws InterruptedException {
            switch (kind) {
                case QUEUE -> setUpQueue(true);
                case QUEUE_BINDS -> setUpQueue(false);
                case ROUTE -> setUpRoute();
            }
            var random = turn.random();
            var cutting = turn.start("cutting", () -> cut(random));
            turn.join(List.of(cutting));
            turn.stop(sending);
            proxies.forEach(FaultProxy::heal);
            settle();
        }

        private void setUpQueue(boolean sendersConnect) {
            var dealers = turn.chance(50);
            var one = near(dealers ? SocketType.DEALER : SocketType.PUSH);
            var other = far(dealers ? SocketType.DEALER : SocketType.PULL);
            if (sendersConnect) {
                one.connect(proxyTo(other));
                if (turn.chance(50)) {
                    near(one.type()).connect(proxyTo(other));
                }
            } else {
                other.connect(proxyTo(one));
                if (turn.chance(50)) {
                    far(other.type()).connect(proxyTo(one));
                }
            }
            senders.forEach(sender -> send(sender, message -> message));
        }

        private void setUpRoute() {
            var router = near(SocketType.ROUTER);
            router.set(Options.ROUTER_HANDOVER, turn.chance(50));
            var names = new ArrayList<byte[]>();
            for (var i = turn.between(1, 3); i > 0; i--) {
                var dealer = far(SocketType.DEALER);
                names.add(("dealer " + i).getBytes(StandardCharsets.UTF_8));
                dealer.set(Options.ROUTING_ID, names.get(names.size() - 1));
                dealer.connect(proxyTo(router));
            }
            var random = turn.random();
            send(router, message -> message.withFirst(names.get(random.nextInt(names.size()))));
        }

        private AnySocket near(SocketType type) {
            var socket = near.socket(type);
            senders.add(socket);
            return socket;
        }

        private AnySocket far(SocketType type) {
            var socket = far.socket(type);
            receivers.add(socket);
            var reader = ledger.reader(false); // what a lost connection had brought may be read after the next one's
            var work = new ParcelReceiver(turn, socket, message -> reader.note(message, 0)).slow(turn.oneOf(0, 5));
            reading.add(work);
            receiving.add(turn.start("receiving", work));
            return socket;
        }

        private String proxyTo(AnySocket binding) {
            var proxy = turn.keep(FaultProxy.to(binding.bind("tcp://127.0.0.1:*")));
            proxy.narrow(CutBound.BUFFER);
            proxies.add(proxy);
            return proxy.endpoint();
        }

        private void send(AnySocket sender, UnaryOperator<Message> envelope) {
            for (var i = turn.between(1, 2); i > 0; i--) {
                var work = new ParcelSender(turn, sender, ledger.stream("stream of " + sender + " " + i))
                        .in(envelope)
                        .sizes(CutBound.LEAST, turn.oneOf(2 * CutBound.LEAST, 100_000));
                sending.add(turn.start("sending", work));
            }
        }

        private Void cut(Random random) throws InterruptedException {
            while (turn.goesOn()) {
                Pauses.ms(random.nextInt(150));
                var proxy = proxies.get(random.nextInt(proxies.size()));
                switch (random.nextInt(6)) {
                    case 0 -> proxy.cut();
                    case 1 -> proxy.reset();
                    case 2 -> proxy.cutAfter(FaultProxy.Direction.FROM_CLIENT, random.nextInt(100_000));
                    case 3 -> proxy.cutAfter(FaultProxy.Direction.FROM_SERVER, random.nextInt(100_000));
                    case 4 -> {
                        proxy.partition();
                        Pauses.ms(random.nextInt(400));
                        proxy.heal();
                    }
                    default -> {
                        proxy.dribble(1 + random.nextInt(100));
                        Pauses.ms(random.nextInt(50));
                        proxy.dribble(Integer.MAX_VALUE);
                    }
                }
            }
            return null;
        }

        private void settle() throws InterruptedException {
            var told = near.close(Duration.ofSeconds(40)).lost();
            var cuts = proxies.stream().mapToInt(FaultProxy::accepted).sum();
            turn.note(cuts + " connections, told " + told + ", senders " + Counted.told(senders) + ", receivers "
                    + Counted.told(receivers));
            turn.await(
                    "all have parted",
                    () -> receivers.stream().allMatch(it -> it.statistics().peers() == 0));
            awaitQuiet();
            reading.forEach(ParcelReceiver::stop);
            turn.stop(receiving);
            ledger.settle(Counted.dropped(senders), cuts * CutBound.atCut());
        }

        /**
         * What has arrived at the receivers is soon read; a ledger that is settled too early would show more missing.
         */
        private void awaitQuiet() throws InterruptedException {
            long before;
            do {
                before = ledger.arrived();
                Pauses.ms(100);
            } while (ledger.arrived() != before);
        }
    }
}
