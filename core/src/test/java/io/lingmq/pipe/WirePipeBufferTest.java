package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.chain.ChainWriter;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that go through a pipe out of buffers and into buffers. */
class WirePipeBufferTest {
    private final WirePipe pipe = new WirePipe(new BellRecorder(), 0, 4, false);
    private final ConnectionRecorder connection = new ConnectionRecorder();
    private final MessageBuffer buffer = new MessageBuffer();

    WirePipeBufferTest() {
        pipe.connectionIs(connection);
    }

    private void comes(int messages, byte[]... frames) {
        for (var frame : frames) {
            pipe.input().put(frame, 0, frame.length);
        }
        pipe.input().mark();
        pipe.arrived(messages);
    }

    private void comesByReference(byte[] body) {
        pipe.input().put(Zmtp.frame(0, body), 0, 9);
        pipe.input().putBody(body);
        pipe.input().mark();
        pipe.arrived(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 4095, 4096, 4097, 300_000})
    void whatIsSentIsCopied(int size) {
        var body = Bodies.of(size, size);
        pipe.send(buffer.add(body));
        pipe.send(buffer.clear().add(body).add(body));
        buffer.clear().add(new byte[2 * size]);

        assertThat(pipe.output().take(Math.toIntExact(pipe.output().refresh())))
                .isEqualTo(Hex.join(Zmtp.frame(0, body), Zmtp.frame(Zmtp.MORE, body), Zmtp.frame(0, body)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 5000, 300_000})
    void decodesBodiesOfEverySize(int size) {
        var body = Bodies.of(size, size);
        comes(2, Zmtp.frame(0, body), Zmtp.frame(Zmtp.MORE, body), Zmtp.frame(0, body));

        assertThat(pipe.receive(buffer)).isTrue();
        assertThat(buffer.toMessage()).isEqualTo(Message.of(body));
        assertThat(pipe.receive(buffer)).isTrue();
        assertThat(buffer.toMessage()).isEqualTo(Message.of(body, body));
        assertThat(pipe.receive(buffer)).isFalse();
    }

    @Test
    void receivingMakesRoomAndCallsTheConnection() {
        comes(4, Zmtp.message("1"), Zmtp.message("2"), Zmtp.message("3"), Zmtp.message("4"));
        pipe.inputBell().arm();
        pipe.receive(buffer);
        assertThat(connection.takeCalls()).as("less than half is read").isEmpty();

        pipe.receive(buffer);

        assertThat(connection.takeCalls()).containsExactly("input");
        assertThat(pipe.hasRoom()).isTrue();
    }

    @Test
    void whoeverCopiesLargeBodiesNeedsNoArraysOfTheirOwn() {
        var body = Bodies.of(1, ChainWriter.SHARED_BODY);
        assertThat(pipe.input().bodiesAreKept()).isTrue();

        comesByReference(body);
        assertThat(pipe.receive(buffer)).isTrue();
        assertThat(buffer.toMessage()).isEqualTo(Message.of(body));
        assertThat(pipe.input().bodiesAreKept()).isFalse();

        comes(1, Zmtp.frame(0, body));
        assertThat(pipe.receive()).isEqualTo(Message.of(body));
        assertThat(pipe.input().bodiesAreKept()).isTrue();
    }

    /** Two frames that no array can hold, though the memory behind them is one small array, then another message. */
    private void tooMuchComes() {
        var body = new byte[1 << 20];
        var size = Integer.MAX_VALUE;
        for (var flags : new int[] {Zmtp.MORE, 0}) {
            var header = ByteBuffer.allocate(9).put((byte) (flags | Zmtp.LONG)).putLong(size);
            pipe.input().put(header.array(), 0, 9);
            for (var i = 0; i < size / body.length; i++) {
                pipe.input().putBody(body);
            }
            pipe.input().put(body, 0, size % body.length);
        }
        comes(2, Zmtp.message("next"));
    }

    @Test
    void messageThatABufferCannotHoldIsPassedOver() {
        tooMuchComes();

        assertThatThrownBy(() -> pipe.receive(buffer.add(new byte[5]))).isInstanceOf(IllegalStateException.class);
        assertThat(buffer.frameCount()).isZero();

        assertThat(pipe.receive(buffer)).isTrue();
        assertThat(buffer.text(0)).isEqualTo("next");
        assertThat(pipe.canReceive()).isFalse();
    }

    @Test
    void messageThatHasNoRoomInMemoryIsPassedOver() {
        tooMuchComes();
        assertThatThrownBy(pipe::receive).isInstanceOf(OutOfMemoryError.class);

        assertThat(pipe.receive()).isEqualTo(Message.of("next"));
        assertThat(pipe.canReceive()).isFalse();
    }

    @Test
    void conflatedMessageIsCopied() {
        var conflating = new WirePipe(new BellRecorder(), 1, 1, true);
        conflating.send(buffer.add(Zmtp.ascii("old")));
        conflating.send(buffer.clear().add(Zmtp.ascii("new")));
        buffer.clear().add(Zmtp.ascii("other"));
        assertThat(conflating.output().take(Math.toIntExact(conflating.output().refresh())))
                .isEqualTo(Zmtp.message("new"));

        assertThat(conflating.receive(buffer)).isFalse();
        conflating.input().put(Zmtp.message("come"), 0, 6);
        conflating.input().mark();
        conflating.arrived(1);
        assertThat(conflating.receive(buffer)).isTrue();
        assertThat(buffer.text(0)).isEqualTo("come");
    }
}
