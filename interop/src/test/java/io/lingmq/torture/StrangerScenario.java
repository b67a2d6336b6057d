package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Traffic between honest sockets while strangers call at the same endpoint: garbage, sizes that never come, halves of
 * messages, floods of commands, silence. Listeners and log handlers throw all the while. The honest ones miss nothing,
 * and nobody hears of what the strangers said.
 */
final class StrangerScenario implements Scenario {
    @Override
    public Set<Promise> checks() {
        return EnumSet.of(Promise.QUEUE_FULL, Promise.RECEIVE_FULL);
    }

    @Override
    public void run(Turn turn) throws Exception {
        if (turn.has(Trouble.LISTENERS)) {
            turn.keep(QuietLog.throwing());
        }
        var context = turn.keep(Context.builder()
                .socketDefault(Options.LINGER, Duration.ofSeconds(30))
                .socketDefault(Options.HANDSHAKE_TIMEOUT, Duration.ofMillis(turn.oneOf(50, 1000)))
                .socketDefault(Options.MAX_MESSAGE_SIZE, 1L << 20)
                .open());
        var receiver = context.socket(SocketType.PULL);
        receiver.set(Options.RECEIVE_HWM, turn.between(1, 20));
        Troubles.badMonitors(turn, List.of(receiver));
        var endpoint = receiver.bind(turn.oneOf(Way.TCP, Way.IPC).endpoint());
        List<AnySocket> senders = new ArrayList<>();
        for (var i = turn.between(1, 3); i > 0; i--) {
            var sender = context.socket(SocketType.PUSH);
            sender.set(Options.HANDSHAKE_TIMEOUT, Turn.PATIENCE); // honest ones may be kept waiting by a busy machine
            sender.connect(endpoint);
            senders.add(sender);
        }
        turn.await("the honest are there", () -> receiver.statistics().peers() == senders.size());
        var strangers = new ArrayList<TurnTask>();
        for (var i = turn.between(1, 4); i > 0; i--) {
            var random = turn.random();
            strangers.add(turn.start("stranger", () -> call(turn, endpoint, random)));
        }
        new TroubledTraffic(turn, senders, List.of(receiver)).flow();
        turn.join(strangers);
        turn.kept(Promise.QUEUE_FULL, Promise.RECEIVE_FULL);
    }

    private static Void call(Turn turn, String endpoint, Random random) {
        while (turn.has(Trouble.STRANGERS) && turn.goesOn()) {
            try (var peer = ScriptedPeer.connect(endpoint)) {
                misbehave(peer.patience(Turn.PATIENCE), random);
            } catch (UncheckedIOException e) {
                turn.note("a stranger was turned away");
            }
        }
        return null;
    }

    private static void misbehave(ScriptedPeer peer, Random random) {
        var kind = random.nextInt(7);
        if (kind == 0) {
            peer.sendUnlessClosed(Zmtp.noise(random, 500));
        } else if (kind == 1) {
            peer.sendUnlessClosed(Arrays.copyOf(Zmtp.greeting(), random.nextInt(64)));
        } else if (kind == 2) {
            peer.sendSlowly(Zmtp.greeting(), Duration.ofMillis(1));
        } else {
            peer.sendUnlessClosed(Zmtp.greeting());
            peer.sendUnlessClosed(Zmtp.ready("PUSH"));
            misbehaveInTraffic(peer, kind, random);
        }
        if (random.nextBoolean()) {
            peer.reset();
        }
    }

    private static void misbehaveInTraffic(ScriptedPeer peer, int kind, Random random) {
        switch (kind) {
            case 3 -> peer.sendUnlessClosed(Zmtp.longFrame(0, Long.MAX_VALUE - random.nextInt(3), new byte[100]));
            case 4 -> peer.sendUnlessClosed(Zmtp.frame(Zmtp.MORE, new byte[random.nextInt(5000)]));
            case 5 -> {
                for (var i = 0; i < 1000 && peer.sendUnlessClosed(Zmtp.ping(1, "flood")); i++) {
                    Thread.onSpinWait();
                }
            }
            default -> peer.sendUnlessClosed(Zmtp.longFrame(0, 100_000, new byte[random.nextInt(99_999)]));
        }
    }
}
