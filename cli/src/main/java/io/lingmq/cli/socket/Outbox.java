package io.lingmq.cli.socket;

import io.lingmq.AnySocket;
import io.lingmq.cli.shell.Waiting;
import io.lingmq.cli.shell.Words;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sending side of a command: waits for its peers first, keeps the pace, minds the time limit. */
final class Outbox {
    private final AnySocket socket;
    private final MessageSource source;
    private final Pace pace;
    private final Waits waits;
    private final int peers;

    Outbox(AnySocket socket, MessageSource source, Outgoing outgoing, Waits waits) {
        this.socket = socket;
        this.source = source;
        this.waits = waits;
        this.pace = outgoing.pace();
        this.peers = (int) Math.min(outgoing.peers(), Integer.MAX_VALUE);
    }

    /** Waits until the wanted number of peers is there. */
    void awaitPeers() throws InterruptedException {
        if (peers == 0) {
            return;
        }
        if (!peersAreThere()) {
            throw waits.timedOut("only " + socket.statistics().peers() + " of " + peers + " peers were there"
                    + (isPublisher() ? ", or not all of them had subscribed" : ""));
        }
    }

    private boolean peersAreThere() throws InterruptedException {
        var timeout = Objects.requireNonNullElse(waits.longest(), Options.FOREVER);
        return isPublisher() ? socket.awaitSubscriptions(peers, timeout) : socket.awaitPeers(peers, timeout);
    }

    boolean isPublisher() {
        return socket.type().publishes();
    }

    /** Sends the next message and returns it; null if there was none left. */
    @Nullable
    Message sendNext() throws InterruptedException {
        var message = source.next();
        if (message != null) {
            pace.await();
            send(message);
        }
        return message;
    }

    /** Whether nothing has been said and nothing is about to be. */
    boolean isSilent() {
        return source.isSilent();
    }

    void send(Message message) throws InterruptedException {
        var timeout = waits.longest();
        if (timeout == null) {
            socket.send(message);
        } else if (!socket.send(message, timeout)) {
            throw waits.timedOut("no peer took the message");
        }
    }

    /** Waits until all has left, as long as some of it does; without a time limit that is left to the linger. */
    void awaitSent() throws InterruptedException {
        var longest = waits.longest();
        if (longest == null) {
            return;
        }
        for (var unsent = unsent(); unsent > 0; unsent = unsent()) {
            var before = unsent;
            if (!Waiting.until(() -> unsent() < before, longest)) {
                throw waits.timedOut(
                        socket.statistics().peers() == 0
                                ? "no peer came to take the messages"
                                : Words.messages(unsent()) + " could not leave");
            }
        }
    }

    private long unsent() {
        return socket.statistics().unsent();
    }
}
