package io.lingmq.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.support.Allocation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBufferTest {
    private final MessageBuffer buffer = new MessageBuffer();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private List<String> texts() {
        return buffer.texts();
    }

    // ---- filling

    @Test
    void newBufferHasNoFrame() {
        assertThat(buffer.frameCount()).isZero();
        assertThat(buffer.totalSize()).isZero();
        assertThat(buffer).hasToString("MessageBuffer[]");
    }

    @Test
    void framesComeFromWhereverTheyAre() {
        buffer.add(ascii("one"))
                .add(ascii("-two-"), 1, 3)
                .add(ByteBuffer.wrap(ascii("three")))
                .add();

        assertThat(texts()).containsExactly("one", "two", "three", "");
        assertThat(buffer.totalSize()).isEqualTo(11);
    }

    @Test
    void lastFrameCanBeExtended() {
        buffer.add(ascii("first")).add().append(ascii("head and tail"), 0, 5).append(ByteBuffer.wrap(ascii("body")));

        assertThat(texts()).containsExactly("first", "head body");

        buffer.append(ascii(" and ")).append("more");
        assertThat(texts()).containsExactly("first", "head body and more");
    }

    @Test
    void framesAreReadAsThoseOfAMessage() {
        buffer.add("abc").add("").add("de");

        assertThat(buffer.text()).isEqualTo("abc");
        assertThat(buffer.bytes()).isEqualTo(ascii("abc"));
        assertThat(buffer.bytes(2)).isEqualTo(ascii("de"));
        assertThat(buffer.frames()).containsExactly(ascii("abc"), ascii(""), ascii("de"));
        assertThat(buffer.frameEquals(2, "de")).isTrue();
        assertThat(buffer.frameEquals(2, ascii("d"))).isFalse();
        assertThat(buffer.startsWith("ab")).isTrue();
        assertThat(buffer.startsWith("abcd")).as("goes into the next frames").isFalse();
        assertThat(buffer.startsWith("b")).isFalse();
    }

    @Test
    void bytesAreCopies() {
        buffer.add("abc").bytes()[0] = 'X';

        assertThat(texts()).containsExactly("abc");
    }

    @Test
    void withoutAFrameThereIsNothingToExtend() {
        assertThatThrownBy(() -> buffer.append(ascii("x"), 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add one first");
        assertThatThrownBy(() -> buffer.append(ByteBuffer.wrap(ascii("x")))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sourceIsCopiedAndItsPositionLeft() {
        var body = ascii("body");
        var source = ByteBuffer.wrap(body).position(1);
        buffer.add(body).add(source);
        body[0] = 'B';
        body[1] = 'O';

        assertThat(texts()).containsExactly("body", "ody");
        assertThat(source.position()).isEqualTo(1);
    }

    @Test
    void directBuffersAreTakenToo() {
        buffer.add(ByteBuffer.allocateDirect(4).put(ascii("body")).flip());

        assertThat(texts()).containsExactly("body");
    }

    @Test
    void rangeBeyondTheArrayAddsNothing() {
        assertThatThrownBy(() -> buffer.add(ascii("x"), 1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(buffer.frameCount()).isZero();
    }

    @Test
    void clearedBufferIsFilledAnew() {
        buffer.add(ascii("a longer one")).add(ascii("x")).clear();
        assertThat(buffer.frameCount()).isZero();

        buffer.add(ascii("new"));
        assertThat(texts()).containsExactly("new");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 1000})
    void growsWithItsFrames(int frames) {
        for (var i = 0; i < frames; i++) {
            buffer.add(ascii("frame " + i));
        }
        for (var i = 0; i < frames; i++) {
            assertThat(buffer.text(i)).isEqualTo("frame " + i);
        }
    }

    @Test
    void allFramesOfAMessageCanBeAdded() {
        buffer.addAll(Message.of("a", "", "c")).addAll(Message.of("d"));
        assertThat(texts()).containsExactly("a", "", "c", "d");

        buffer.addAll(buffer);
        assertThat(texts()).containsExactly("a", "", "c", "d", "a", "", "c", "d");
    }

    @Test
    void trimGivesMemoryBackAndKeepsTheFrames() {
        buffer.add(new byte[100_000]).clear().add(ascii("kept"));
        assertThat(buffer.sharedArray(0)).hasSizeGreaterThanOrEqualTo(100_000);

        buffer.trim(1000);
        assertThat(buffer.sharedArray(0)).hasSize(1000);
        buffer.trim(0);
        assertThat(buffer.sharedArray(0)).hasSize(4);
        assertThat(texts()).containsExactly("kept");
        buffer.add(ascii("more"));
        assertThat(texts()).containsExactly("kept", "more");
    }

    @Test
    void usedAgainItAllocatesNothing() {
        var body = new byte[1000];
        Runnable use = () -> buffer.clear().add(body).add(body, 1, 10).frame(1);
        use.run();

        assertThat(Allocation.of(() -> {
                    for (var i = 0; i < 100_000; i++) {
                        use.run();
                    }
                }))
                .isLessThan(10_000);
    }

    // ---- reading

    @Test
    void framesLieInOneArray() {
        buffer.add(ascii("ab")).add().add(ascii("cde"));

        assertThat(buffer.size(1)).isZero();
        assertThat(buffer.size(2)).isEqualTo(3);
        assertThat(buffer.offset(0)).isZero();
        assertThat(buffer.offset(2)).isEqualTo(2);
        assertThat(buffer.sharedArray(0)).isSameAs(buffer.sharedArray(2)).startsWith(ascii("abcde"));
        assertThat(buffer.byteAt(2, 1)).isEqualTo((byte) 'd');
    }

    @Test
    void viewMovesFromFrameToFrame() {
        buffer.add(ascii("long one")).add(ascii("x"));

        var view = buffer.frame(0);
        assertThat(StandardCharsets.US_ASCII.decode(view).toString()).isEqualTo("long one");
        assertThat(buffer.frame(1)).isSameAs(view);
        assertThat(view.remaining()).isEqualTo(1);
        assertThat(buffer.frame(0).remaining()).isEqualTo(8);
    }

    @Test
    void viewIsOfThePresentBytes() {
        buffer.add(ascii("old"));
        buffer.frame(0);
        buffer.clear().add(new byte[1000]).add(ascii("new"));

        assertThat(StandardCharsets.US_ASCII.decode(buffer.frame(1)).toString()).isEqualTo("new");
    }

    @Test
    void frameThatIsNotThereCannotBeRead() {
        buffer.add(ascii("one")).add(ascii("two")).clear().add(ascii("x"));
        for (var frame : new int[] {-1, 1, 2}) {
            assertThatThrownBy(() -> buffer.size(frame)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.offset(frame)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.sharedArray(frame)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.frame(frame)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.text(frame)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> buffer.byteAt(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void messageMadeOfItDoesNotChange() {
        buffer.add(ascii("a")).add().add(ascii("c"));
        var message = buffer.toMessage();
        buffer.clear().add(ascii("x"));

        assertThat(message).isEqualTo(Message.of("a", "", "c"));
    }

    @Test
    void withoutAFrameItIsNoMessage() {
        assertThatThrownBy(buffer::toMessage)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at least one frame");
    }

    @Test
    void printsAsAMessageDoes() {
        buffer.add(ascii("plain")).add(new byte[] {1, 2}).add(new byte[40]);

        assertThat(buffer.toString())
                .isEqualTo("MessageBuffer" + buffer.toMessage().toString().substring(7));
    }
}
