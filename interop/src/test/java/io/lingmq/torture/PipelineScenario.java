package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Several sockets send to several others, over all transports at once, shared between threads, with tiny marks that
 * change, interrupts, cancelled futures, listeners that throw, and senders that close in the midst of it. Nothing may
 * be missing at all, since no connection is cut and all linger long enough.
 */
final class PipelineScenario implements Scenario {
    @Override
    public Set<Promise> checks() {
        return EnumSet.of(
                Promise.QUEUE_FULL,
                Promise.QUEUE_INTERRUPT,
                Promise.QUEUE_CANCEL,
                Promise.QUEUE_CLOSE,
                Promise.RECEIVE_FULL,
                Promise.RECEIVE_INTERRUPT,
                Promise.RECEIVE_CANCEL);
    }

    @Override
    public void run(Turn turn) throws Exception {
        var pair = turn.chance(20);
        var types = pair
                ? List.of(SocketType.PAIR, SocketType.PAIR)
                : turn.oneOf(List.of(SocketType.PUSH, SocketType.PULL), List.of(SocketType.DEALER, SocketType.DEALER));
        var context = turn.keep(Context.builder()
                .ioThreads(turn.between(1, 2))
                .socketDefault(Options.LINGER, Duration.ofSeconds(30))
                .open());
        var senders = sockets(turn, context, types.get(0), pair ? 1 : turn.between(1, 3));
        var receivers = sockets(turn, context, types.get(1), pair ? 1 : turn.between(1, 3));
        Troubles.badMonitors(turn, senders);
        join(turn, senders, receivers, pair);
        new TroubledTraffic(turn, senders, receivers).flow();
        turn.kept(Promise.QUEUE_FULL, Promise.QUEUE_INTERRUPT, Promise.QUEUE_CANCEL, Promise.QUEUE_CLOSE);
        turn.kept(Promise.RECEIVE_FULL, Promise.RECEIVE_INTERRUPT, Promise.RECEIVE_CANCEL);
    }

    private static List<AnySocket> sockets(Turn turn, Context context, SocketType type, int count) {
        var all = new ArrayList<AnySocket>();
        for (var i = 0; i < count; i++) {
            var socket = context.socket(type);
            socket.set(Options.SEND_HWM, turn.between(1, 20));
            socket.set(Options.RECEIVE_HWM, turn.between(1, 20));
            all.add(socket);
        }
        return all;
    }

    /** Each sender reaches each receiver, over one way of any kind; either side binds. */
    private static void join(Turn turn, List<AnySocket> senders, List<AnySocket> receivers, boolean pair) {
        for (var sender : senders) {
            for (var receiver : receivers) {
                var endpoint = turn.oneOf(Way.values()).endpoint();
                var senderBinds = turn.chance(50);
                var binding = senderBinds ? sender : receiver;
                var connecting = senderBinds ? receiver : sender;
                if (turn.chance(50) || pair) {
                    connecting.connect(binding.bind(endpoint));
                } else {
                    connecting.connect(endpoint);
                    binding.bind(endpoint);
                }
                turn.note(binding + " bound at " + endpoint);
            }
        }
    }
}
