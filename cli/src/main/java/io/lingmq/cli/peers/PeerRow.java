package io.lingmq.cli.peers;

import io.lingmq.cli.shell.Visible;
import io.lingmq.event.Peer;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is shown of one peer.
 *
 * @param peer the peer as it was when it was looked at last
 * @param isGone whether the socket no longer has it
 */
record PeerRow(Peer peer, boolean isGone) {
    static final String NOTHING = "-";

    String state() {
        return isGone ? "gone" : peer.state().name().toLowerCase(Locale.ROOT);
    }

    String type() {
        var type = peer.type();
        return type == null ? NOTHING : type.name();
    }

    String address() {
        return orNothing(Visible.text(peer.address()));
    }

    String routingId() {
        return peer.routingId().length == 0 ? NOTHING : Visible.name(peer.routingId());
    }

    String dropped() {
        var text = peer.dropped().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining(","));
        return orNothing(text);
    }

    private static String orNothing(String text) {
        return text.isEmpty() ? NOTHING : text;
    }
}
