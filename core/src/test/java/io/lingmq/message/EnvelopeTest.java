package io.lingmq.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.testkit.Zmtp;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where an envelope ends, of whatever a ROUTER may receive. A dash stands for an empty frame. */
class EnvelopeTest {
    private static Message message(String frames) {
        var all = frames.replace("-", "").split(" ", -1);
        return Message.ofFrames(Stream.of(all).map(Zmtp::ascii).toList());
    }

    @ParameterizedTest
    @CsvSource({
        // of a REQ, with a request id, through a second ROUTER, and with both
        "id - a,         id -,        a",
        "id - a b,       id -,        a b",
        "id nr - a,      id nr -,     a",
        "id2 id1 - a,    id2 id1 -,   a",
        "id2 id1 nr - a, id2 id1 nr -, a",
        // as a DEALER receives it
        "- a,            -,           a",
        // the first of several empty frames is the delimiter, and bodies may be empty
        "id - -,         id -,        -",
        "id - - a,       id -,        - a",
        "id - a - b,     id -,        a - b",
        "id - - -,       id -,        - -",
        "- -,            -,           -",
        // without a delimiter it is the routing id alone
        "id a,           id,          a",
        "id a b,         id,          a b",
        // an empty frame at the very end is a body: so a ROUTER's message always has one
        "id -,           id,          -",
        "id a -,         id,          a -",
        // of a DEALER without delimiters, an empty frame in the middle is taken for one
        "id a - b,       id a -,      b",
    })
    void endsAtTheFirstEmptyFrameThatIsNotTheLast(String frames, String envelope, String body) {
        var request = message(frames);

        assertThat(request.envelope()).isEqualTo(message(envelope));
        assertThat(request.body()).isEqualTo(message(body));
        assertThat(request.envelope().followedBy(request.body())).isEqualTo(request);
        assertThat(request.reply(message("re - play"))).isEqualTo(message(envelope + " re - play"));
        assertThat(request.reply("re")).isEqualTo(message(envelope + " re"));
        assertThat(request.reply(request.body())).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource({"a", "-"})
    void oneFrameHasNone(String frame) {
        var message = message(frame);

        assertThat(message.delimiterAt()).isEqualTo(-1);
        assertThatThrownBy(message::envelope)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a message of one frame has no envelope");
        assertThatThrownBy(message::body).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> message.reply("x")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"a, -1", "-, -1", "a b, -1", "a -, -1", "- a, 0", "- -, 0", "a - b -, 1", "a b - - c, 2"})
    void delimiterIsFoundInMessagesAndBuffers(String frames, int expected) {
        var message = message(frames);

        assertThat(message.delimiterAt()).isEqualTo(expected);
        assertThat(new MessageBuffer().addAll(message).delimiterAt()).isEqualTo(expected);
    }

    @Test
    void emptyBufferHasNoDelimiter() {
        assertThat(new MessageBuffer().delimiterAt()).isEqualTo(-1);
    }

    @Test
    void everyMessageOfTwoFramesOrMoreHasBoth() {
        for (var count = 2; count <= 6; count++) {
            for (var pattern = 0; pattern < 1 << count; pattern++) {
                var frames = new ArrayList<byte[]>();
                for (var i = 0; i < count; i++) {
                    frames.add(new byte[pattern >> i & 1]);
                }
                var message = Message.ofFrames(frames);
                assertThat(message.envelope().followedBy(message.body())).isEqualTo(message);
            }
        }
    }
}
