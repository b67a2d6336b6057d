package io.lingmq.loop;

import io.lingmq.socket.PollCore;
import java.nio.channels.SelectableChannel;

/** A channel of the application's that a loop watches. */
final class ChannelStation extends Station {
    private final PollCore poller;
    private final SelectableChannel channel;

    ChannelStation(Stations stations, PollCore poller, SelectableChannel channel) {
        super(stations, channel);
        this.poller = poller;
        this.channel = channel;
    }

    @Override
    void watch(int interests) {
        poller.add(channel, interests, this);
    }

    @Override
    void unwatch() {
        poller.remove(channel);
    }

    @Override
    boolean isOpen() {
        return channel.isOpen();
    }
}
