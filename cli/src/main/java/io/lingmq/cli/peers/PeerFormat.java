package io.lingmq.cli.peers;

import io.lingmq.cli.shell.Visible;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One of the ways in which a peer is one line. */
@SuppressWarnings("ImmutableEnumChecker") // functions without any state
enum PeerFormat {
    /** Fields parted by a tab, {@code -} for what is not known. */
    TEXT(PeerFormat::text),
    /** A JSON object with all that is known. */
    JSON(PeerFormat::json);

    private final Function<PeerRow, String> print;

    PeerFormat(Function<PeerRow, String> print) {
        this.print = print;
    }

    /** The row as a line, without its end. Nothing that a peer has said can end it, or do anything to a terminal. */
    String print(PeerRow row) {
        return print.apply(row);
    }

    private static String text(PeerRow row) {
        var counts = row.peer().counts();
        return String.join(
                "\t",
                row.peer().since().toString(),
                row.state(),
                row.type(),
                row.address(),
                row.routingId(),
                "sent=" + counts.sent(),
                "received=" + counts.received(),
                "octets-sent=" + counts.octetsSent(),
                "octets-received=" + counts.octetsReceived(),
                "unsent=" + counts.unsent(),
                "unread=" + counts.unread(),
                "dropped=" + row.dropped(),
                Visible.text(row.peer().endpoint()));
    }

    private static String json(PeerRow row) {
        var peer = row.peer();
        var counts = peer.counts();
        return "{\"id\":" + peer.id()
                + ",\"state\":" + Visible.json(row.state())
                + ",\"since\":" + Visible.json(peer.since().toString())
                + ",\"endpoint\":" + Visible.json(peer.endpoint())
                + introduction(row)
                + ",\"sent\":" + counts.sent()
                + ",\"received\":" + counts.received()
                + ",\"octetsSent\":" + counts.octetsSent()
                + ",\"octetsReceived\":" + counts.octetsReceived()
                + ",\"unsent\":" + counts.unsent()
                + ",\"unread\":" + counts.unread()
                + ",\"dropped\":"
                + peer.dropped().entrySet().stream()
                        .map(entry -> Visible.json(entry.getKey().name()) + ":" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}"))
                + "}";
    }

    private static String introduction(PeerRow row) {
        var peer = row.peer();
        var named = peer.routingId().length == 0 ? "" : ",\"routingId\":" + Visible.jsonName(peer.routingId());
        var told = peer.introduction();
        if (told == null) {
            return named;
        }
        var type = told.type();
        return ",\"address\":" + Visible.json(told.address())
                + (type == null ? "" : ",\"type\":" + Visible.json(type.name()))
                + named
                + ",\"protocol\":" + Visible.json(told.protocol())
                + ",\"metadata\":"
                + told.metadata().entrySet().stream()
                        .map(entry -> Visible.json(entry.getKey()) + ":" + Visible.json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
