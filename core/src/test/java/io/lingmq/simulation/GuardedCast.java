package io.lingmq.simulation;

import io.lingmq.event.DropReason;
import io.lingmq.event.Peer;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.security.Passwords;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A PLAIN server, peers with the right password, and peers with a wrong one or with none. Of these nothing ever comes,
 * and nothing goes to them; the others are kept out at most for a while. Who decides may be slow, or unwilling.
 */
final class GuardedCast extends FlowCast {
    private static final int MOST_AT_ONCE = 10;
    private static final String USER = "friend";
    private static final String PASSWORD = "mellon";
    private static final Passwords PASSWORDS = Passwords.of(Map.of(USER, PASSWORD));

    private final Way forth;
    private final Way back;
    /** What intruders send; nothing of it may come, so its number is none that anybody knows. */
    private final Way never;

    private final Player server;
    private final List<Player> friends = new ArrayList<>();
    private final List<Player> intruders = new ArrayList<>();
    private boolean moody = true;

    GuardedCast(World world, VirtualNetwork network, int number, int count) {
        super(world, network, number);
        var isTwoWay = world.chance(0.5);
        forth = way("DEALER with a password to its server", DropReason.UNSENT);
        back = isTwoWay ? way("PLAIN server to DEALER", DropReason.UNSENT) : null;
        never = new Way(new Flow(world, network, "intruder to PLAIN server", -1 - number), DropReason.UNSENT);
        var type = isTwoWay ? SocketType.DEALER : SocketType.PULL;
        server = player("g" + number, type, Dice.settings(world).with(Options.PLAIN_SERVER, true), back, forth)
                .bindsTo("1")
                .asks(this::decide);
        for (var i = 0; i < count; i++) {
            friends.add(client("h" + number + "-" + i, withPassword(USER, PASSWORD), forth));
        }
        for (var i = 0; i < 2; i++) {
            intruders.add(client("i" + number + "-" + i, intruding(), never));
        }
    }

    private Settings withPassword(String user, String password) {
        return Dice.settings(world).with(Options.PLAIN_USERNAME, user).with(Options.PLAIN_PASSWORD, password);
    }

    private Settings intruding() {
        return switch (world.random.nextInt(3)) {
            case 0 -> withPassword(USER, "melon");
            case 1 -> withPassword("enemy", PASSWORD);
            default -> Dice.settings(world);
        };
    }

    private Player client(String host, Settings settings, Way out) {
        var type = back == null ? SocketType.PUSH : SocketType.DEALER;
        return player(host, type, settings, out, back).connectsTo(server.address());
    }

    private Player player(String host, SocketType type, Settings settings, Way out, Way in) {
        var player = new Player(world, network, host, type, settings);
        if (out != null) {
            out.from(player);
        }
        if (in != null && out != never) {
            in.to(player);
        }
        return player.whenClosing(() -> receive(player, in, Integer.MAX_VALUE)).plays(() -> {
            receive(player, in, 4 * MOST_AT_ONCE);
            if (out != null) {
                send(player, out, MOST_AT_ONCE);
            }
            checkPeers(player);
        });
    }

    private void receive(Player player, Way in, int most) {
        if (in == null) {
            return;
        }
        receive(player, most, message -> {
            in.flow().hasCome(player, message, 0);
            if (intruders.contains(player)) {
                world.violated(player + " has no right password, and has got " + message);
            }
        });
    }

    private void checkPeers(Player player) {
        if (player != server && !intruders.contains(player)) {
            return;
        }
        for (var peer : player.socket().peers()) {
            if (peer.state() == Peer.State.OPEN && (player != server || isIntruder(peer.address()))) {
                world.violated(player + " has let in " + peer);
            }
        }
    }

    private boolean isIntruder(String host) {
        return intruders.stream().anyMatch(intruder -> intruder.host.equals(host));
    }

    /** A mood may refuse a friend for now, or leave the question open; none lets an enemy in. */
    private CompletionStage<ZapReply> decide(ZapRequest request) {
        var mood = moody ? world.random.nextInt(12) : 0;
        if (mood < 9) {
            return PASSWORDS.decide(request);
        }
        if (mood == 9) {
            return CompletableFuture.completedFuture(ZapReply.temporaryFailure("not now"));
        }
        var later = new CompletableFuture<ZapReply>();
        if (mood == 10) {
            var verdict = PASSWORDS.decide(request).toCompletableFuture().join();
            world.in(world.between(0, 3_000_000_000L), () -> later.complete(verdict));
        }
        return later;
    }

    @Override
    public void settle() {
        moody = false;
    }

    /** An intruder has always something left that it cannot send. */
    @Override
    public boolean isQuiet() {
        return server.unsent() == 0 && friends.stream().allMatch(friend -> friend.unsent() == 0);
    }

    @Override
    public List<Player> players() {
        var all = new ArrayList<Player>();
        all.add(server);
        all.addAll(friends);
        all.addAll(intruders);
        return all;
    }
}
