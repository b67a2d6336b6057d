package io.lingmq.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.testkit.Hex;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private static final Message THREE = Message.of("a", "", "ccc");

    @Nested
    class Made {
        @Test
        void emptyHasOneFrameOfNoBytes() {
            assertThat(Message.empty().frameCount()).isEqualTo(1);
            assertThat(Message.empty().bytes()).isEmpty();
            assertThat(Message.empty().totalSize()).isZero();
            assertThat(Message.empty().isMultipart()).isFalse();
        }

        @Test
        void ofTextIsUtf8() {
            assertThat(Message.of("héllo 零").bytes()).isEqualTo("héllo 零".getBytes(StandardCharsets.UTF_8));
            assertThat(Message.of("héllo 零").text()).isEqualTo("héllo 零");
        }

        @Test
        void ofTextsHasAFrameForEach() {
            assertThat(THREE.texts()).containsExactly("a", "", "ccc");
            assertThat(Message.of("only", new String[0]).isMultipart()).isFalse();
        }

        @Test
        void ofBytesCopies() {
            var body = Hex.bytes("01 02");
            var message = Message.of(body);
            body[0] = 9;

            assertThat(message.bytes()).isEqualTo(Hex.bytes("01 02"));
        }

        @Test
        void ofSeveralArraysCopiesEach() {
            var first = Hex.bytes("01");
            var second = Hex.bytes("02");
            var third = Hex.bytes("03");
            var message = Message.of(first, second, third);
            first[0] = second[0] = third[0] = 9;

            assertThat(message.frames()).containsExactly(Hex.bytes("01"), Hex.bytes("02"), Hex.bytes("03"));
        }

        @Test
        void ofBufferCopiesWhatRemainsAndLeavesItsPosition() {
            var buffer = ByteBuffer.wrap(Hex.bytes("00 01 02 03"), 1, 2);
            var message = Message.of(buffer);
            buffer.put(1, (byte) 9);

            assertThat(message.bytes()).isEqualTo(Hex.bytes("01 02"));
            assertThat(buffer.position()).isEqualTo(1);
            assertThat(buffer.limit()).isEqualTo(3);
        }

        @Test
        void ofFramesCopiesListAndArrays() {
            var body = Hex.bytes("01");
            var frames = new ArrayList<>(List.of(body, Hex.bytes("02")));
            var message = Message.ofFrames(frames);
            body[0] = 9;
            frames.clear();

            assertThat(message.frames()).containsExactly(Hex.bytes("01"), Hex.bytes("02"));
        }

        @Test
        void wrapSharesTheArray() {
            var body = Hex.bytes("01");

            assertThat(Message.wrap(body).sharedArray(0)).isSameAs(body);
            assertThat(Message.wrapFrames(List.of(body)).sharedArray(0)).isSameAs(body);
            assertThat(Message.wrapFrames(List.of(new byte[0], body)).sharedArray(1))
                    .isSameAs(body);
        }

        @Test
        void wrapFramesDoesNotKeepTheList() {
            var frames = new ArrayList<>(List.of(Hex.bytes("01"), Hex.bytes("02"), Hex.bytes("03")));
            var message = Message.wrapFrames(frames);
            frames.clear();

            assertThat(message.frameCount()).isEqualTo(3);
            assertThat(message.sharedArray(2)).isEqualTo(Hex.bytes("03"));
        }

        @Test
        void needsAFrame() {
            assertThatThrownBy(() -> Message.ofFrames(List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a message has at least one frame; use Message.empty() for an empty one");
            assertThatThrownBy(() -> Message.wrapFrames(List.of())).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Message.wrap(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Nested
    class Read {
        @Test
        void countsFramesAndBytes() {
            assertThat(THREE.frameCount()).isEqualTo(3);
            assertThat(THREE.isMultipart()).isTrue();
            assertThat(THREE.totalSize()).isEqualTo(4);
            assertThat(List.of(THREE.size(0), THREE.size(1), THREE.size(2))).containsExactly(1, 0, 3);
        }

        @Test
        void bytesAreCopies() {
            THREE.bytes()[0] = 'X';
            THREE.bytes(2)[0] = 'X';

            assertThat(THREE.texts()).containsExactly("a", "", "ccc");
        }

        @Test
        void framesAreCopies() {
            THREE.frames().get(2)[0] = 'X';

            assertThat(THREE.texts()).containsExactly("a", "", "ccc");
        }

        @Test
        void sharedArrayIsTheFrameItself() {
            assertThat(THREE.sharedArray(2)).isSameAs(THREE.sharedArray(2));
        }

        @Test
        void bufferIsForReadingOnly() {
            var buffer = THREE.buffer(2);

            assertThat(buffer.remaining()).isEqualTo(3);
            assertThat(buffer.get(1)).isEqualTo((byte) 'c');
            assertThatThrownBy(() -> buffer.put(0, (byte) 'X')).isInstanceOf(ReadOnlyBufferException.class);
        }

        @Test
        void textOfAFrame() {
            assertThat(THREE.text()).isEqualTo("a");
            assertThat(THREE.text(2)).isEqualTo("ccc");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
        void refusesFrameThatIsNotThere(int frame) {
            assertThatThrownBy(() -> THREE.sharedArray(frame))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("frame " + frame + " of a message with 3");
            assertThatThrownBy(() -> THREE.size(frame)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> THREE.bytes(frame)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> THREE.text(frame)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> THREE.buffer(frame)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> THREE.frameEquals(frame, "")).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> THREE.replace(frame, "")).isInstanceOf(IndexOutOfBoundsException.class);
        }

        @Test
        void refusesSecondFrameOfASingleOne() {
            assertThatThrownBy(() -> Message.of("a").sharedArray(1))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("frame 1 of a message with 1");
        }

        @ParameterizedTest
        @CsvSource({"'', true", "ab, true", "abc, true", "abcd, false", "b, false", "aB, false"})
        void startsWithLooksAtTheFirstFrameOnly(String prefix, boolean expected) {
            var message = Message.of("abc", "d");

            assertThat(message.startsWith(prefix.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(expected);
            assertThat(message.startsWith(prefix)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({"0, a, true", "0, A, false", "0, aa, false", "1, '', true", "1, a, false", "2, cc, false"})
        void frameEqualsComparesOneFrame(int frame, String with, boolean expected) {
            assertThat(THREE.frameEquals(frame, with)).isEqualTo(expected);
            assertThat(THREE.frameEquals(frame, with.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(expected);
        }

        @Test
        void firstAndLastAreMessagesOfOneFrame() {
            assertThat(THREE.first()).isEqualTo(Message.of("a"));
            assertThat(THREE.last()).isEqualTo(Message.of("ccc"));
            assertThat(Message.of("x").first()).isEqualTo(Message.of("x"));
            assertThat(Message.of("x").last()).isEqualTo(Message.of("x"));
        }
    }

    @Nested
    class Derived {
        @Test
        void withFirstPutsAFrameInFront() {
            var id = Hex.bytes("00 01");

            assertThat(Message.of("x").withFirst(id).frames()).containsExactly(id, Hex.bytes("78"));
            assertThat(THREE.withFirst(id).frameCount()).isEqualTo(4);
            assertThat(THREE.frameCount()).as("the original is as it was").isEqualTo(3);
        }

        @Test
        void withFirstCopies() {
            var id = Hex.bytes("00 01");
            var message = THREE.withFirst(id);
            id[0] = 9;

            assertThat(message.bytes()).isEqualTo(Hex.bytes("00 01"));
        }

        @Test
        void withSharedFirstSharesTheArray() {
            var id = Hex.bytes("00 01");

            assertThat(THREE.withSharedFirst(id).sharedArray(0)).isSameAs(id);
            assertThat(THREE.withSharedFirst(id).texts().subList(1, 4)).isEqualTo(THREE.texts());
        }

        @Test
        void textCanStandFirstAndLast() {
            assertThat(THREE.withFirst("ä").withLast("z").texts()).containsExactly("ä", "a", "", "ccc", "z");
            assertThat(Message.of("m").withFirst("").withLast("").texts()).containsExactly("", "m", "");
        }

        @Test
        void withLastCopies() {
            var frame = Hex.bytes("01");
            var message = THREE.withLast(frame);
            frame[0] = 9;

            assertThat(message.bytes(3)).isEqualTo(Hex.bytes("01"));
        }

        @Test
        void replaceLeavesTheOtherFramesAndTheOriginal() {
            assertThat(THREE.replace(0, "x").texts()).containsExactly("x", "", "ccc");
            assertThat(THREE.replace(2, "x").texts()).containsExactly("a", "", "x");
            assertThat(Message.of("one").replace(0, "x")).isEqualTo(Message.of("x"));
            assertThat(THREE.texts()).containsExactly("a", "", "ccc");
        }

        @Test
        void replaceCopies() {
            var frame = Hex.bytes("01");
            var message = THREE.replace(1, frame);
            frame[0] = 9;

            assertThat(message.bytes(1)).isEqualTo(Hex.bytes("01"));
        }

        @Test
        void followedByJoinsFrames() {
            assertThat(Message.of("x").followedBy(THREE).texts()).containsExactly("x", "a", "", "ccc");
            assertThat(THREE.followedBy(Message.empty()).texts()).containsExactly("a", "", "ccc", "");
        }

        @Test
        void withoutFirstLeavesOutTheFirstFrames() {
            assertThat(THREE.withoutFirst(0)).isSameAs(THREE);
            assertThat(THREE.withoutFirst(1).texts()).containsExactly("", "ccc");
            assertThat(THREE.withoutFirst(2)).isEqualTo(Message.of("ccc"));
        }

        @Test
        void everySliceHasTheFramesInBetween() {
            var five = Message.of("0", "1", "2", "3", "4");
            for (var begin = 0; begin < 5; begin++) {
                for (var end = begin + 1; end <= 5; end++) {
                    assertThat(five.slice(begin, end).texts())
                            .as("%d to %d", begin, end)
                            .isEqualTo(five.texts().subList(begin, end));
                    assertThat(five.slice(begin, end).isMultipart()).isEqualTo(end - begin > 1);
                }
            }
        }

        @ParameterizedTest
        @CsvSource({"-1, 2", "1, 1", "2, 1", "0, 4", "3, 4"})
        void refusesSliceOfOtherFrames(int begin, int end) {
            assertThatThrownBy(() -> THREE.slice(begin, end))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("frames " + begin + " to " + end + " of a message with 3");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 3, 4})
        void oneFrameMustStay(int count) {
            assertThatThrownBy(() -> THREE.withoutFirst(count)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Nested
    class Compared {
        @Test
        void equalFramesMakeEqualMessages() {
            assertThat(Message.of("a", "b")).isEqualTo(Message.of("a", "b")).hasSameHashCodeAs(Message.of("a", "b"));
            assertThat(Message.of("a")).isEqualTo(Message.of(Hex.bytes("61"))).hasSameHashCodeAs(Message.of("a"));
            assertThat(Message.empty()).isEqualTo(Message.of("")).hasSameHashCodeAs(Message.of(""));
        }

        @Test
        void framesCountAsFrames() {
            assertThat(Message.of("ab")).isNotEqualTo(Message.of("a", "b"));
            assertThat(Message.of("a")).isNotEqualTo(Message.of("a", ""));
            assertThat(Message.of("a", "b")).isNotEqualTo(Message.of("a", "c"));
            assertThat(Message.of("a")).isNotEqualTo(Message.of("b"));
            assertThat(Message.of("a").equals(null)).isFalse();
            assertThat(Message.of("a")).isNotEqualTo("a");
        }
    }

    @Nested
    class Printed {
        @Test
        void plainTextIsQuotedAndAllElseIsHex() {
            assertThat(THREE).hasToString("Message[\"a\" | \"\" | \"ccc\"]");
            assertThat(Message.of(Hex.bytes("00 6B 8B 45 67"))).hasToString("Message[006b8b4567]");
            assertThat(Message.of("ä")).hasToString("Message[c3a4]");
        }

        @Test
        void longFramesAreCut() {
            var text = "0123456789".repeat(4);
            assertThat(Message.of(text)).hasToString("Message[\"" + text.substring(0, 32) + "\"… (40 bytes)]");
            assertThat(Message.of(text.substring(0, 32))).hasToString("Message[\"" + text.substring(0, 32) + "\"]");

            var zeros = new byte[33];
            assertThat(Message.of(zeros)).hasToString("Message[" + "00".repeat(32) + "… (33 bytes)]");
        }

        @Test
        void whatIsNotShownDoesNotMatter() {
            var mixed = new byte[40];
            Arrays.fill(mixed, (byte) 'x');
            mixed[39] = 0;

            assertThat(Message.of(mixed)).hasToString("Message[\"" + "x".repeat(32) + "\"… (40 bytes)]");
        }
    }
}
