package io.lingmq.simulation;

import io.lingmq.guard.LogTrap;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One world from one seed: about ten sockets of several types, each on a host of its own, ten virtual seconds of
 * traffic with misfortunes in the first half, then the end, and the promises that must have been kept.
 *
 * <pre>
 *   0 s          traffic, misfortunes          5.5 s   they pass   8 s   calm   10 s   nothing new   all closed
 * </pre>
 */
public final class Simulation {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LONGEST_REST_NS = 40 * SECOND_NS;
    private static final long HASTE_NS = SECOND_NS / 500;
    private static final int MOST_MISFORTUNES = 8;
    private static final int KINDS = 10;
    /** How often there is a proxy, where there may be one. */
    private static final double PROXIES = 0.4;

    private final World world;
    private final VirtualNetwork network;
    private final List<Cast> casts = new ArrayList<>();
    private final List<Player> players = new ArrayList<>();
    private final double seconds;
    private final boolean calmWorld;

    /** What became of a world. */
    public record Outcome(
            long seed, List<String> violations, long trace, double virtualSeconds, long messages, long steps) {
        /** What to do to see it again. */
        public String replay() {
            return "./test -pl core -am -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed="
                    + seed;
        }
    }

    private Simulation(long seed, double seconds) {
        world = new World(seed);
        network = new VirtualNetwork(world);
        this.seconds = seconds;
        calmWorld = world.chance(0.2);
        var count = 2 + world.random.nextInt(2);
        for (var i = 0; i < count; i++) {
            casts.add(cast(i));
        }
        casts.forEach(cast -> players.addAll(cast.players()));
    }

    private Cast cast(int number) {
        var few = 1 + world.random.nextInt(2);
        var some = 2 + world.random.nextInt(3);
        return switch (world.random.nextInt(KINDS)) {
            case 0 -> new QueueCast(world, network, number, SocketType.PUSH, SocketType.PULL, some, few);
            case 1 -> new QueueCast(world, network, number, SocketType.PAIR, SocketType.PAIR, 1, 1);
            case 2 -> new QueueCast(world, network, number, SocketType.DEALER, SocketType.DEALER, few, few);
            case 3 -> new RouteCast(world, network, number, some);
            case 4 -> new RequestCast(world, network, number, some, few, calmWorld, world.chance(PROXIES));
            case 5 -> new PublishCast(world, network, number, some, world.chance(PROXIES));
            case 6 -> new StreamCast(world, network, number, some);
            case 7 -> new GuardedCast(world, network, number, some);
            case 8 -> new OldCast(world, network, number, some);
            default -> new ProxyCast(world, network, number, some, few);
        };
    }

    /** Runs the world of a seed: ten virtual seconds. */
    public static Outcome run(long seed) {
        return run(seed, 10);
    }

    /** Runs the world of a seed for so many virtual seconds: half of them are troubled. */
    public static Outcome run(long seed, double seconds) {
        var simulation = new Simulation(seed, seconds);
        var world = simulation.world;
        var trap = new LogTrap(simulation::logged);
        try {
            simulation.play();
        } catch (SimulationEnd e) {
            world.violated(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            world.violated("thrown: " + e + " at "
                    + List.of(e.getStackTrace()).subList(0, Math.min(12, e.getStackTrace().length)));
        } finally {
            trap.close();
        }
        return new Outcome(
                seed, world.violations(), world.trace(), world.nowNs() / 1e9, simulation.received(), world.steps());
    }

    /** What the library complains of, but for what an application has brought about. */
    private void logged(String text) {
        if (!text.contains("had no time to leave")) {
            world.violated("the library has logged: " + text);
        }
    }

    private long received() {
        return casts.stream().mapToLong(Cast::received).sum();
    }

    private void play() {
        var openers = new ArrayList<>(players);
        Collections.shuffle(openers, world.random);
        openers.forEach(player -> {
            player.pauseNs(world.between(20_000_000, 200_000_000));
            world.in(world.between(0, 300_000_000), player::start);
        });
        if (!calmWorld) {
            var count = (int) Math.ceil(world.random.nextInt(MOST_MISFORTUNES + 1) * seconds / 10);
            new Misfortunes(world, network, players).plan(count, SECOND_NS / 2, (long) (0.5 * seconds * SECOND_NS));
        }
        world.runUntil((long) (0.55 * seconds * SECOND_NS));
        network.heal();
        casts.forEach(Cast::settle);
        world.runUntil((long) (0.55 * seconds * SECOND_NS) + (long) (2.5 * SECOND_NS));
        casts.forEach(Cast::calm);
        world.runUntil((long) (seconds * SECOND_NS));
        casts.forEach(Cast::stopSending);
        players.forEach(player -> player.pauseNs(HASTE_NS)); // a slow reader with a low mark would take minutes
        awaitRest();
        end();
    }

    /** All that can arrive has arrived when nothing has come for a second. */
    private void awaitRest() {
        var limitNs = world.nowNs() + LONGEST_REST_NS;
        var before = -1L;
        while (world.nowNs() < limitNs
                && (before != received() || !casts.stream().allMatch(Cast::isQuiet))) {
            before = received();
            world.runUntil(world.nowNs() + SECOND_NS);
        }
        for (var cast : casts) {
            if (!cast.isQuiet()) {
                world.violated("does not come to rest: "
                        + cast.players().stream()
                                .map(player -> player + " " + player.socket().statistics())
                                .toList() + " over " + network.rest());
            }
        }
    }

    private void end() {
        Collections.shuffle(players, world.random);
        players.forEach(Player::close);
        world.runUntil(world.nowNs() + 5 * SECOND_NS);
        casts.forEach(Cast::check);
        if (!network.isEmpty()) {
            world.violated("something stays open: " + network.rest());
        }
    }

    /** Runs worlds one after the other: the first seed, how many, and how many virtual seconds each. */
    public static void main(String[] arguments) {
        var first = Long.parseLong(arguments[0]);
        var count = Long.parseLong(arguments[1]);
        var seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 10;
        var failed = run(first, count, seconds, true);
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    /** Runs worlds one after the other; those that have broken a promise. */
    static List<Outcome> run(long first, long count, double seconds, boolean tells) {
        var failed = new ArrayList<Outcome>();
        var beginNs = System.nanoTime();
        var virtual = 0.0;
        var messages = 0L;
        for (var seed = first; seed < first + count; seed++) {
            var outcome = run(seed, seconds);
            virtual += outcome.virtualSeconds();
            messages += outcome.messages();
            if (!outcome.violations().isEmpty()) {
                failed.add(outcome);
                System.out.println("seed " + seed + ": " + String.join("\n    ", outcome.violations()));
                System.out.println("    again: " + outcome.replay());
            }
        }
        if (tells) {
            var tookS = (System.nanoTime() - beginNs) / 1e9;
            System.out.printf(
                    "simulation: seeds %d to %d, %d failed; %.0f virtual seconds and %d messages in %.1f s: %.0f virtual"
                            + " seconds per second%n",
                    first, first + count - 1, failed.size(), virtual, messages, tookS, virtual / tookS);
        }
        return failed;
    }
}
