package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A ROUTER and DEALERs with names: what it answers goes to the one that is named. */
final class RouteCast implements Cast {
    private static final int MOST_AT_ONCE = 10;

    private final World world;
    private final Flow asked;
    private final Flow answered;
    private final Player router;
    private final List<Player> dealers = new ArrayList<>();
    private boolean sends = true;
    private long calmNs = Long.MAX_VALUE;
    private long countedAsked;
    private long countedAnswered;

    RouteCast(World world, VirtualNetwork network, int number, int count) {
        this.world = world;
        asked = new Flow(world, network, "DEALER to ROUTER", 2 * number);
        answered = new Flow(world, network, "ROUTER to DEALER", 2 * number + 1);
        router = new Player(
                        world,
                        network,
                        "r" + number,
                        SocketType.ROUTER,
                        Dice.settings(world),
                        () -> route(2 * MOST_AT_ONCE))
                .bindsTo("1")
                .whenClosing(() -> route(Integer.MAX_VALUE));
        answered.add(router);
        for (var i = 0; i < count; i++) {
            dealers.add(dealer(network, "d" + number + "-" + i));
        }
    }

    private Player dealer(VirtualNetwork network, String host) {
        var settings = Dice.settings(world).with(Options.ROUTING_ID, host.getBytes(StandardCharsets.UTF_8));
        var made = new Player[1];
        var number = new int[1];
        made[0] = new Player(world, network, host, SocketType.DEALER, settings, () -> deal(made[0], number[0]))
                .connectsTo(router.address())
                .whenClosing(() -> receive(made[0], Integer.MAX_VALUE));
        number[0] = asked.add(made[0]);
        return made[0];
    }

    private void deal(Player dealer, int number) {
        receive(dealer, 2 * MOST_AT_ONCE);
        for (var i = world.random.nextInt(MOST_AT_ONCE); sends && i >= 0; i--) {
            if (!dealer.socket().trySend(asked.next(number))) {
                return;
            }
            asked.isTaken(number, null);
        }
    }

    private void receive(Player dealer, int most) {
        for (var i = 0; i < most; i++) {
            var answer = dealer.socket().tryReceive();
            if (answer == null) {
                return;
            }
            answered.hasCome(dealer, answer, 0);
        }
    }

    private void route(int most) {
        for (var i = 0; i < most; i++) {
            var request = router.socket().tryReceive();
            if (request == null) {
                return;
            }
            asked.hasCome(router, request, 1);
            checkSender(request);
            if (sends && world.chance(0.7)) {
                answer(request.bytes(0));
            }
        }
    }

    private void checkSender(Message request) {
        var name = request.text(0);
        if (dealers.stream().noneMatch(dealer -> dealer.host.equals(name))) {
            world.violated("a ROUTER has got a message of '" + name + "', which no peer is called");
        }
    }

    private void answer(byte[] name) {
        if (router.socket().trySend(answered.next(0).withFirst(name))) {
            answered.isTaken(0, new String(name, StandardCharsets.UTF_8));
        }
    }

    @Override
    public List<Player> players() {
        var all = new ArrayList<>(dealers);
        all.add(router);
        return all;
    }

    @Override
    public boolean isQuiet() {
        return players().stream()
                .allMatch(player -> player.socket().statistics().unsent() == 0);
    }

    @Override
    public long received() {
        return asked.received() + answered.received();
    }

    @Override
    public void calm() {
        calmNs = world.nowNs();
        countedAsked = countedAsked();
        countedAnswered = countedAnswered();
    }

    @Override
    public void stopSending() {
        sends = false;
    }

    private long countedAsked() {
        return dealers.stream()
                .mapToLong(dealer -> dealer.dropped(DropReason.UNSENT))
                .sum();
    }

    private long countedAnswered() {
        return router.dropped(DropReason.UNSENT, DropReason.NO_ROUTE, DropReason.PEER_FULL);
    }

    @Override
    public void check() {
        asked.check(countedAsked(), List.of(router));
        answered.check(countedAnswered(), dealers);
        asked.checkHealed(calmNs, countedAsked() - countedAsked);
        answered.checkHealed(calmNs, countedAnswered() - countedAnswered);
    }
}
