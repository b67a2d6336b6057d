package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A ROUTER and DEALERs with names: what it answers goes to the one that is named. */
final class RouteCast extends FlowCast {
    private static final int MOST_AT_ONCE = 10;

    private final Way asked;
    private final Way answered;
    private final Player router;
    private final List<Player> dealers = new ArrayList<>();

    RouteCast(World world, VirtualNetwork network, int number, int count) {
        super(world, network, number);
        asked = way("DEALER to ROUTER", DropReason.UNSENT);
        answered = way("ROUTER to DEALER", DropReason.UNSENT, DropReason.NO_ROUTE, DropReason.PEER_FULL);
        router = new Player(world, network, "r" + number, SocketType.ROUTER, Dice.settings(world))
                .bindsTo("1")
                .plays(() -> route(2 * MOST_AT_ONCE))
                .whenClosing(() -> route(Integer.MAX_VALUE));
        asked.to(router);
        answered.from(router);
        for (var i = 0; i < count; i++) {
            dealers.add(dealer("d" + number + "-" + i));
        }
    }

    private Player dealer(String host) {
        var settings = Dice.settings(world).with(Options.ROUTING_ID, host.getBytes(StandardCharsets.UTF_8));
        var dealer = new Player(world, network, host, SocketType.DEALER, settings).connectsTo(router.address());
        asked.from(dealer);
        answered.to(dealer);
        return dealer.whenClosing(() -> hear(dealer, Integer.MAX_VALUE)).plays(() -> {
            hear(dealer, 2 * MOST_AT_ONCE);
            send(dealer, asked, MOST_AT_ONCE);
        });
    }

    private void hear(Player dealer, int most) {
        receive(dealer, most, answer -> answered.flow().hasCome(dealer, answer, 0));
    }

    private void route(int most) {
        receive(router, most, request -> {
            asked.flow().hasCome(router, request, 1);
            checkSender(request);
            if (sends() && world.chance(0.7)) {
                answer(request.bytes(0));
            }
        });
    }

    private void checkSender(Message request) {
        var name = request.text(0);
        if (dealers.stream().noneMatch(dealer -> dealer.host.equals(name))) {
            world.violated("a ROUTER has got a message of '" + name + "', which no peer is called");
        }
    }

    private void answer(byte[] name) {
        if (router.socket().trySend(answered.next(router).withFirst(name))) {
            answered.isTaken(router, new String(name, StandardCharsets.UTF_8));
        }
    }

    @Override
    public List<Player> players() {
        var all = new ArrayList<>(dealers);
        all.add(router);
        return all;
    }
}
