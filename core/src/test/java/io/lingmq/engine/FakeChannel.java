package io.lingmq.engine;

import io.lingmq.message.Message;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Subscription;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** An outflow and its pipe, as a connection has them, before a channel that takes as much as it is told to. */
final class FakeChannel {
    final Outbound outflow;
    final WirePipe pipe = new WirePipe(new BellRecorder(), 0, 0, false);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long messagesGone;

    FakeChannel() {
        this(new Outflow(Dialect.ZMTP_3_1));
    }

    FakeChannel(Outbound outbound) {
        outflow = outbound;
        pipe.opened(new byte[0]);
    }

    void subscribe(String topic) {
        pipe.sendSubscription(new Subscription(true, Zmtp.ascii(topic)));
    }

    /** One turn of a connection: fills a buffer, of which the channel takes at most so much. */
    int write(int bufferSize, int most) {
        var buffer = ByteBuffer.allocate(bufferSize);
        outflow.fill(buffer, pipe);
        var count = Math.min(most, buffer.position());
        written.write(buffer.array(), 0, count);
        messagesGone += outflow.wrote(count, pipe);
        return count;
    }

    /** Turns until so many octets in all are written, which must be there. */
    void writeExactly(int count) {
        var left = count;
        while (left > 0) {
            left -= write(100_000, left);
        }
    }

    /** Turns until nothing is left to write. */
    FakeChannel writeAll(int bufferSize, int most) {
        while (write(bufferSize, most) > 0) {
            // goes on until there is nothing left
        }
        return this;
    }

    /** What was written since this was last asked. */
    byte[] written() {
        var octets = written.toByteArray();
        written.reset();
        return octets;
    }

    /** How many messages were written to their ends. */
    int messagesGone() {
        return Math.toIntExact(messagesGone);
    }

    /** What the messages are on the wire. */
    static byte[] octets(List<Message> messages) {
        return Hex.join(messages.stream().map(FakeChannel::octets).toArray(byte[][]::new));
    }

    private static byte[] octets(Message message) {
        var frames = new byte[message.frameCount()][];
        for (var i = 0; i < frames.length; i++) {
            frames[i] = Zmtp.frame(i < frames.length - 1 ? Zmtp.MORE : 0, message.bytes(i));
        }
        return Hex.join(frames);
    }
}
