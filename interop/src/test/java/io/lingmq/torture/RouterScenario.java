package io.lingmq.torture;

import io.lingmq.Context;
import io.lingmq.DealerSocket;
import io.lingmq.RouterSocket;
import io.lingmq.Socket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A ROUTER and named DEALERs, both ways at once: to peers that are full, to names that nobody has, with and without
 * ROUTER_MANDATORY. What is missing was counted, exactly; and when the ROUTER's context closes, what it had taken still
 * arrives.
 */
final class RouterScenario implements Scenario {
    @Override
    public Set<Promise> checks() {
        return EnumSet.of(
                Promise.ROUTE_FULL,
                Promise.ROUTE_NO_PEER,
                Promise.ROUTE_INTERRUPT,
                Promise.ROUTE_CANCEL,
                Promise.ROUTE_CLOSE,
                Promise.ROUTE_CONTEXT_CLOSE);
    }

    @Override
    public void run(Turn turn) throws Exception {
        var play = new Play(turn);
        play.talk();
        play.close();
        turn.kept(Promise.ROUTE_FULL, Promise.ROUTE_NO_PEER, Promise.ROUTE_INTERRUPT, Promise.ROUTE_CANCEL);
        turn.kept(Promise.ROUTE_CLOSE, Promise.ROUTE_CONTEXT_CLOSE);
    }

    private static final class Play {
        private final Turn turn;
        private final TrafficLedger routed;
        private final TrafficLedger dealt;
        private final Context near;
        private final RouterSocket router;
        private final List<DealerSocket> dealers = new ArrayList<>();
        private final List<byte[]> names = new ArrayList<>();
        private final List<ParcelReceiver> reading = new ArrayList<>();
        private final List<TurnTask> receiving = new ArrayList<>();

        Play(Turn turn) {
            this.turn = turn;
            routed = turn.ledger("routed");
            dealt = turn.ledger("dealt");
            near = turn.keep(Context.builder()
                    .socketDefault(Options.LINGER, Duration.ofSeconds(30))
                    .open());
            router = near.router();
            router.set(Options.ROUTER_MANDATORY, turn.chance(50));
            router.set(Options.SEND_HWM, turn.between(1, 20));
            router.set(Options.RECEIVE_HWM, turn.between(1, 20));
            var way = turn.oneOf(Way.values());
            var endpoint = router.bind(way.endpoint());
            var far = way == Way.INPROC ? near : turn.keep(Context.open());
            for (var i = turn.between(1, 4); i > 0; i--) {
                dealers.add(dealer(far, "dealer " + i, endpoint));
            }
            names.add("nobody".getBytes(StandardCharsets.UTF_8));
            turn.note("over " + way + ", mandatory " + router.get(Options.ROUTER_MANDATORY));
        }

        private DealerSocket dealer(Context far, String name, String endpoint) {
            var dealer = far.dealer();
            names.add(name.getBytes(StandardCharsets.UTF_8));
            dealer.set(Options.ROUTING_ID, name.getBytes(StandardCharsets.UTF_8));
            dealer.set(Options.SEND_HWM, turn.between(1, 20));
            dealer.set(Options.RECEIVE_HWM, turn.between(1, 20));
            dealer.connect(endpoint);
            return dealer;
        }

        void talk() throws InterruptedException {
            turn.await("all dealers are there", () -> router.statistics().peers() == dealers.size());
            var sending = new ArrayList<TurnTask>();
            for (var i = turn.between(1, 3); i > 0; i--) {
                sending.add(turn.start("routing", routing()));
            }
            for (var dealer : dealers) {
                sending.add(turn.start("dealing", new ParcelSender(turn, dealer, dealt.stream("stream of " + dealer))));
                var reader = routed.reader(true);
                read(new ParcelReceiver(turn, dealer, message -> reader.note(message, 0)).slow(turn.oneOf(0, 10)));
            }
            var reader = dealt.reader(true);
            read(new ParcelReceiver(turn, router, message -> reader.note(message, 1)).slow(turn.oneOf(0, 10)));
            var all = new ArrayList<>(sending);
            all.addAll(receiving);
            var sockets = new ArrayList<Socket>(dealers);
            sockets.add(router);
            turn.join(List.of(Troubles.interrupts(turn, all), Troubles.changingMarks(turn, sockets)));
            turn.stop(sending);
            turn.note("router " + Counted.told(List.of(router)) + ", dealers " + Counted.told(dealers));
            turn.await("all that was dealt arrives", () -> dealt.missing() == 0);
            dealt.settle(Counted.dropped(dealers), 0);
            turn.await("all that was routed arrives", () -> routed.missing() <= Counted.dropped(router));
            routed.settle(Counted.dropped(router), 0);
        }

        private ParcelSender routing() {
            var random = turn.random();
            return new ParcelSender(turn, router, routed.stream("routing"))
                    .in(message -> message.withFirst(names.get(random.nextInt(names.size()))));
        }

        private void read(ParcelReceiver work) {
            reading.add(work);
            receiving.add(turn.start("receiving", work));
        }

        /** A last burst, then the end: dealers go on reading, so all of it leaves. */
        void close() {
            var stream = routed.stream("last words");
            var random = turn.random();
            for (var i = 0; i < 50 * dealers.size(); i++) {
                var parcel = stream.next();
                Message message = parcel.pack(random, 0, 3000);
                if (router.trySend(message.withFirst(names.get(i % dealers.size())))) {
                    stream.taken(parcel);
                } else {
                    stream.refused(parcel);
                }
            }
            var inOneContext = receivesInside();
            if (inOneContext) {
                router.close();
            } else {
                Counted.assertEqual(
                        "what the close tells as lost",
                        0,
                        near.close(Duration.ofSeconds(40)).lost());
            }
            turn.note("closed router " + Counted.told(List.of(router)));
            turn.await("the last words arrive", () -> routed.missing() <= Counted.dropped(router));
            reading.forEach(ParcelReceiver::stop);
            turn.stop(receiving);
            routed.settle(Counted.dropped(router), 0);
        }

        private boolean receivesInside() {
            return router.lastEndpoint().startsWith("inproc:");
        }
    }
}
