package io.lingmq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.message.Message;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZapFramesTest {
    private static final List<String> GOOD = List.of("", "1.0", "7", "200", "OK", "alice", "");

    private static Message message(List<String> frames) {
        return Message.ofFrames(frames.stream().map(Zmtp::ascii).toList());
    }

    @Test
    void requestIsThatOfTheRfc() {
        var credentials = Stream.of("admin", "secret").map(Zmtp::ascii).toList();
        var request = new ZapRequest("dom", "127.0.0.1", new byte[0], "PLAIN", credentials);

        assertThat(ZapFrames.request("1", request).texts())
                .containsExactly("", "1.0", "1", "dom", "127.0.0.1", "", "PLAIN", "admin", "secret");
    }

    @ParameterizedTest
    @CsvSource({"200, ACCEPTED", "300, TEMPORARY_FAILURE", "400, DENIED", "500, FAILED"})
    void replyIsRead(String code, ZapReply.Status status) throws ProtocolException {
        var frames = new ArrayList<byte[]>(GOOD.stream().map(Zmtp::ascii).toList());
        frames.set(3, Zmtp.ascii(code));
        frames.set(6, Hex.join(Zmtp.property("Level", "1"), Zmtp.property("Team", "red")));
        var reply = ZapFrames.reply(Message.ofFrames(frames));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).isEqualTo("OK");
        assertThat(reply.userId()).isEqualTo("alice");
        assertThat(reply.metadata()).containsOnlyKeys("Level", "Team").containsEntry("Team", Zmtp.ascii("red"));
    }

    @ParameterizedTest
    @CsvSource({"201", "100", "600", "20", "2000", "''", "abc", "+200", "0200", "'200 '"})
    void otherStatusIsRefused(String status) {
        var frames = new ArrayList<>(GOOD);
        frames.set(3, status);

        assertThatThrownBy(() -> ZapFrames.reply(message(frames)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("status other than");
    }

    @Test
    void everyOtherShapeIsRefused() {
        var shapes = new ArrayList<List<String>>();
        for (var count = 1; count < GOOD.size(); count++) {
            shapes.add(GOOD.subList(0, count));
        }
        shapes.add(Stream.concat(GOOD.stream(), Stream.of("more")).toList());
        shapes.add(List.of("x", "1.0", "7", "200", "OK", "alice", ""));
        shapes.add(List.of("", "1.1", "7", "200", "OK", "alice", ""));
        shapes.add(List.of("", "", "7", "200", "OK", "alice", ""));
        shapes.add(List.of("", "1.0", "7", "200", "OK", "alice", "\u0005ab"));
        for (var shape : shapes) {
            assertThatThrownBy(() -> ZapFrames.reply(message(shape)))
                    .as("%s", shape)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void idIsFoundWhereThereIsOne() {
        assertThat(ZapFrames.requestId(message(GOOD))).isEqualTo("7");
        assertThat(ZapFrames.requestId(message(List.of("", "1.0")))).isNull();
    }
}
