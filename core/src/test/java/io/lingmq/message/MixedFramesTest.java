package io.lingmq.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.testkit.Hex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text, arrays and buffers in one message: in one call, by a builder, and in a buffer that is used again. */
class MixedFramesTest {
    private final byte[] bytes = Hex.bytes("00 ff");
    private final ByteBuffer buffer = ByteBuffer.wrap(Hex.bytes("01 02 03 04"), 1, 2);

    private void isWhatWasPutIn(Message message) {
        bytes[0] = 9;
        buffer.put(1, (byte) 9);
        assertThat(message.frames())
                .containsExactly("零".getBytes(StandardCharsets.UTF_8), Hex.bytes("00 ff"), Hex.bytes("02 03"));
        assertThat(buffer.position()).isEqualTo(1);
        assertThat(buffer.limit()).isEqualTo(3);
    }

    @Test
    void oneCallTakesThemAllAndCopies() {
        isWhatWasPutIn(Message.ofMixed("零", bytes, buffer));
    }

    @Test
    void builderTakesThemAllAndCopies() {
        isWhatWasPutIn(Message.builder().add("零").add(bytes).add(buffer).build());
    }

    @Test
    void messageBufferTakesThemAllAndCopies() {
        isWhatWasPutIn(new MessageBuffer().add("零").add(bytes).add(buffer).toMessage());
    }

    static Stream<Arguments> whatIsNoFrame() {
        return Stream.of(
                Arguments.of(List.of(), "java.util.ImmutableCollections$ListN"),
                Arguments.of('c', "java.lang.Character"),
                Arguments.of(7, "java.lang.Integer"),
                Arguments.of(new char[0], "char[]"),
                Arguments.of(new byte[0][], "byte[][]"),
                Arguments.of(Message.of("a"), "io.lingmq.message.Message"));
    }

    @ParameterizedTest
    @MethodSource("whatIsNoFrame")
    void oneCallRefusesAllElseByTypeAndPlace(Object wrong, String type) {
        var rule = "; a frame is made of a String, a byte[] or a ByteBuffer";
        assertThatThrownBy(() -> Message.ofMixed(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame 0 is of type " + type + rule);
        assertThatThrownBy(() -> Message.ofMixed("a", bytes, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame 2 is of type " + type + rule);
    }

    @Test
    void oneCallSaysWhichFrameIsNull() {
        assertThatThrownBy(() -> Message.ofMixed("a", bytes, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the body of frame 2 is null");
    }

    @Test
    void builderGoesOnAndLeavesWhatItHasBuilt() {
        var builder = Message.builder().add("a");
        var first = builder.build();
        var second = builder.addAll(Message.of("", "b")).build();

        assertThat(first).isEqualTo(Message.of("a"));
        assertThat(second).isEqualTo(Message.of("a", "", "b"));
    }

    @Test
    void builderWithoutAFrameBuildsNothing() {
        assertThatThrownBy(() -> Message.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add one first");
    }
}
