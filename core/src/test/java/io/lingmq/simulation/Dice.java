package io.lingmq.simulation;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import java.time.Duration;

/** Settings of a socket by chance. */
final class Dice {
    private static final int[] MARKS = {1, 2, 10, 100, 1000};
    private static final int NOT_SET = -1;
    private static final int[] HEARTBEATS_MS = {NOT_SET, NOT_SET, 0, 500, 1_000};
    private static final int[] LINGERS_MS = {0, 50, 500, 2_000};
    private static final int[] CONNECT_TIMEOUTS_MS = {0, 0, 300};

    private Dice() {}

    static Settings settings(World world) {
        var marks = Settings.defaults()
                .with(Options.SEND_HWM, pick(world, MARKS))
                .with(Options.RECEIVE_HWM, pick(world, MARKS));
        return heartbeat(marks, pick(world, HEARTBEATS_MS))
                .with(Options.LINGER, Duration.ofMillis(pick(world, LINGERS_MS)))
                .with(Options.CONNECT_TIMEOUT, Duration.ofMillis(pick(world, CONNECT_TIMEOUTS_MS)))
                .with(Options.HANDSHAKE_TIMEOUT, Duration.ofSeconds(2))
                .with(Options.RECONNECT_INTERVAL, Duration.ofMillis(world.between(1, 100)))
                .with(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(world.between(100, 1000)))
                .with(Options.IMMEDIATE, world.chance(0.2));
    }

    private static Settings heartbeat(Settings settings, int intervalMs) {
        return intervalMs == NOT_SET
                ? settings
                : settings.with(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(intervalMs));
    }

    private static int pick(World world, int[] values) {
        return values[world.random.nextInt(values.length)];
    }
}
