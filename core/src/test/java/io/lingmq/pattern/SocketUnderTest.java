package io.lingmq.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Option;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import io.lingmq.support.BellRecorder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** A pattern with what a socket does for it: it works off the bells before each call. */
final class SocketUnderTest {
    private final BellRecorder bells = new BellRecorder();
    private final Drops drops = new Drops();
    private final Pattern pattern;
    private final List<PipePeer> peers = new ArrayList<>();
    private int holds;
    private Settings settings = Settings.defaults();

    SocketUnderTest(SocketType type) {
        pattern = Patterns.of(type, drops, new SplittableRandom(1));
        pattern.settings(settings);
    }

    Pattern pattern() {
        return pattern;
    }

    BellRecorder bells() {
        return bells;
    }

    <T> SocketUnderTest with(Option<T> option, T value) {
        settings = settings.with(option, value);
        pattern.settings(settings);
        return this;
    }

    /** A peer that is connected. */
    PipePeer peer() {
        return peer("");
    }

    /** A peer that is connected and has announced a routing id. */
    PipePeer peer(String routingId) {
        return absentPeer(0).opens(routingId);
    }

    /** A peer that is connected, for which so many messages can wait. */
    PipePeer peerWithMark(int sendMark) {
        return absentPeer(sendMark).opens("");
    }

    /** A peer that is not there yet. */
    PipePeer absentPeer(int sendMark) {
        return absentPeer(sendMark, "");
    }

    /** A peer that is not there yet, for which a routing id was chosen on this side. */
    PipePeer absentPeer(int sendMark, String connectRoutingId) {
        var peer = new PipePeer(this, sendMark, connectRoutingId);
        peers.add(peer);
        return peer;
    }

    void workOffBells() {
        for (var bell : bells.take()) {
            if (bell.kind() == Doorbell.Kind.READABLE) {
                readAll(bell.pipe());
            } else {
                pattern.writable(bell.pipe());
            }
        }
    }

    /** Hold after hold of the lock, as a socket does it. */
    void readAll(Pipe pipe) {
        while (!pattern.readable(pipe)) {
            holds++;
        }
    }

    /** Hold after hold. */
    void tidyUp() {
        while (!tidyUpInPart()) {
            holds++;
        }
    }

    /** One hold; false if something is left. */
    boolean tidyUpInPart() {
        pattern.beginHold();
        return pattern.tidyUp();
    }

    /** How often the pattern asked to be called again, since it had not read all. */
    int holds() {
        return holds;
    }

    Readiness readiness() {
        workOffBells();
        return pattern.readiness();
    }

    boolean send(String first, String... others) {
        return send(Message.of(first, others));
    }

    boolean send(Message message) {
        return trySend(message).isTaken();
    }

    /** What becomes of it; a mistake is thrown, as a socket does it. */
    SendResult trySend(Message message) {
        workOffBells();
        var result = pattern.send(message);
        if (result.undeliverable() != null) {
            throw pattern.refusal(message, result);
        }
        return result;
    }

    Message receiveMessage() {
        workOffBells();
        return pattern.receive();
    }

    /** The frames of the next message, or null. */
    List<String> receive() {
        var message = receiveMessage();
        return message == null ? null : message.texts();
    }

    /** The first frames of all messages that are there. */
    List<String> receiveAll() {
        var all = new ArrayList<String>();
        for (var next = receive(); next != null; next = receive()) {
            all.add(next.get(0));
        }
        return all;
    }

    boolean canSend() {
        workOffBells();
        return pattern.canSend();
    }

    boolean canReceive() {
        workOffBells();
        return pattern.readiness() == Readiness.READY;
    }

    void subscribe(String topic) {
        ((Subscribing) pattern).subscribe(topic.getBytes(StandardCharsets.US_ASCII));
    }

    void unsubscribe(String topic) {
        ((Subscribing) pattern).unsubscribe(topic.getBytes(StandardCharsets.US_ASCII));
    }

    /** What was dropped; each of them counted for its peer too, but for what had none. */
    Map<DropReason, Long> drops() {
        var ofPeers = new EnumMap<DropReason, Long>(DropReason.class);
        for (var peer : peers) {
            var now = Objects.requireNonNull(peer.pipe().peerNow());
            now.dropped().forEach((reason, count) -> ofPeers.merge(reason, count, Long::sum));
        }
        var all = drops.asMap();
        for (var reason : DropReason.values()) {
            if (reason != DropReason.NO_ROUTE) {
                assertThat(ofPeers.get(reason)).as("%s of the peers", reason).isEqualTo(all.get(reason));
            }
        }
        return all;
    }
}
