package io.lingmq.cli.socket;

import io.lingmq.AnySocket;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Words;
import io.lingmq.event.DropReason;

/** Tells of messages that were sent to nobody, as publishers and routers do without a word. */
final class Losses {
    private Losses() {}

    /** Notes what the socket has thrown away of the messages that it was given to send. */
    static void tell(AnySocket socket, long sent, Console console) {
        var now = socket.statistics();
        if (socket.type().publishes() && sent > 0 && now.subscriptions() == 0) {
            console.note("nobody was subscribed, so nobody got anything; --peers 1 waits for a subscriber");
        }
        var nowhere = now.dropped().getOrDefault(DropReason.NO_ROUTE, 0L);
        if (nowhere > 0) {
            console.note(Words.messages(nowhere)
                    + " dropped: no peer has the routing id in the first frame; --peers 1 waits" + " for a peer");
        }
    }
}
