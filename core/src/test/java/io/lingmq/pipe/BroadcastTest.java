package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.support.BellRecorder;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.support.LocalPeer;
import io.lingmq.testkit.Zmtp;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BroadcastTest {
    private static final Message MESSAGE = Message.of("m");

    private final BellRecorder owner = new BellRecorder();
    private final ConnectionRecorder connection = new ConnectionRecorder();

    private WirePipe pipe(int mark) {
        var pipe = new WirePipe(owner, mark, 0, false);
        pipe.connectionIs(connection);
        return pipe;
    }

    /** What a connection would write, as text; so many messages are in it. */
    private static byte[] written(WirePipe pipe, int messages) {
        var output = pipe.output();
        var bytes = output.take(Math.toIntExact(output.refresh()));
        pipe.taken(messages);
        return bytes;
    }

    private static byte[] frames(String... texts) {
        var all = new ByteArrayOutputStream();
        for (var text : texts) {
            all.writeBytes(Zmtp.message(text));
        }
        return all.toByteArray();
    }

    @Test
    void eachPipeHasWhatItHadThenTheSameThenItsOwn() {
        var first = pipe(0);
        var second = pipe(0);
        first.send(Message.of("before"));
        var broadcast = Broadcast.to(List.of(first, second));

        broadcast.send(Message.of("one"));
        broadcast.send(Message.of("two"));
        second.send(Message.of("after"));

        assertThat(written(first, 3)).isEqualTo(frames("before", "one", "two"));
        assertThat(written(second, 3)).isEqualTo(frames("one", "two", "after"));
    }

    /** Where a body parts an array, who has left the broadcast still reads the first part of it. */
    @Test
    void arrayIsUsedAgainOnlyWhenNobodyReadsAnyPartOfIt() {
        var quick = List.of(pipe(0), pipe(0));
        var slow = pipe(2000);
        var broadcast = Broadcast.to(List.of(quick.get(0), quick.get(1), slow));
        var text = "a".repeat(100);
        while (broadcast.send(Message.of(text)) == 0) {
            quick.forEach(pipe -> written(pipe, 1));
        }
        for (var i = 0; i < 500; i++) {
            broadcast.send(Message.of("b".repeat(5000)));
            broadcast.send(Message.of(text));
            quick.forEach(pipe -> written(pipe, 2));
        }
        var stranger = pipe(0);
        for (var i = 0; i < 100_000; i++) { // takes all arrays that can be used again
            stranger.send(Message.of("stranger's ".repeat(20)));
        }

        assertThat(written(slow, 2000))
                .isEqualTo(frames(Collections.nCopies(2000, text).toArray(new String[0])));
    }

    @Test
    void endsWhenOneOfItsPipesGetsSomethingElse() {
        var pipes = List.<Pipe>of(pipe(0), pipe(0));
        var broadcast = Broadcast.to(pipes);
        broadcast.send(MESSAGE);
        assertThat(broadcast.isOver()).isFalse();

        pipes.get(1).send(MESSAGE);

        assertThat(broadcast.isOver()).isTrue();
    }

    @Test
    void needsTwoPipesThatCanShare() {
        var conflating = new WirePipe(owner, 0, 0, true);
        var local = new LocalPeer(owner, 0);

        assertThat(Broadcast.to(List.of(pipe(0), conflating, local.pipe()))).isNull();

        var broadcast = Broadcast.to(List.of(pipe(0), conflating, local.pipe(), pipe(0)));
        assertThat(broadcast.send(MESSAGE)).isZero();
        assertThat(conflating.unsent()).isEqualTo(1);
        assertThat(local.hearsAll()).containsExactly("m");
    }

    @Test
    void leavesOutAPipeThatIsFull() {
        var slow = pipe(2);
        var quick = pipe(0);
        var other = pipe(3);
        var broadcast = Broadcast.to(List.of(slow, quick, other));

        assertThat(broadcast.send(Message.of("1"))).isZero();
        assertThat(broadcast.send(Message.of("2"))).isZero();
        assertThat(broadcast.send(Message.of("3"))).isEqualTo(1);
        assertThat(written(slow, 2)).isEqualTo(frames("1", "2"));
        assertThat(broadcast.send(Message.of("4"))).isEqualTo(1);

        assertThat(written(quick, 4)).isEqualTo(frames("1", "2", "3", "4"));
        assertThat(written(other, 3)).isEqualTo(frames("1", "2", "3"));
        assertThat(written(slow, 1)).isEqualTo(frames("4"));
        assertThat(broadcast.isOver()).isTrue();
    }

    @Test
    void asksTheConnectionOfAFullPipeToMakeRoom() {
        var slow = pipe(2);
        var broadcast = Broadcast.to(List.of(slow, pipe(0)));
        connection.whenFull(() -> written(slow, 2));

        for (var i = 0; i < 10; i++) {
            assertThat(broadcast.allHaveRoom()).isTrue();
            assertThat(broadcast.send(MESSAGE)).isZero();
        }
    }

    @Test
    void tellsWhetherAllHaveRoomWithoutLeavingOneOut() {
        var slow = pipe(1);
        var broadcast = Broadcast.to(List.of(slow, pipe(0)));
        assertThat(broadcast.allHaveRoom()).isTrue();
        broadcast.send(MESSAGE);

        assertThat(broadcast.allHaveRoom()).isFalse();
        assertThat(slow.canSend()).isFalse();
        written(slow, 1);
        assertThat(broadcast.allHaveRoom()).isTrue();
        assertThat(broadcast.send(MESSAGE)).isZero();
    }

    @Test
    void countsWhatIsUnsent() {
        var first = pipe(0);
        var broadcast = Broadcast.to(List.of(first, pipe(0)));
        for (var i = 0; i < 5; i++) {
            broadcast.send(MESSAGE);
        }
        assertThat(first.unsent()).isEqualTo(5);
        written(first, 3);
        assertThat(first.unsent()).isEqualTo(2);
        broadcast.end();
        assertThat(first.unsent()).isEqualTo(2);
    }

    @Test
    void callsTheConnectionOfAPipeThatRests() {
        var pipe = pipe(0);
        pipe.restOutput();
        var broadcast = Broadcast.to(List.of(pipe, pipe(0)));

        broadcast.send(MESSAGE);
        broadcast.send(MESSAGE);
        assertThat(connection.takeCalls()).containsExactly("output");

        written(pipe, 2);
        pipe.restOutput();
        broadcast.send(MESSAGE);
        assertThat(connection.takeCalls()).containsExactly("output");
    }

    @Test
    void callsTheConnectionsWhenThereIsEnoughForAWrite() {
        var broadcast = Broadcast.to(List.of(pipe(0), pipe(0)));
        var message = Message.of(new byte[1024]);
        for (var i = 0; i < 63; i++) {
            broadcast.send(message);
        }
        assertThat(connection.takeCalls()).isEmpty();

        broadcast.send(message);
        assertThat(connection.takeCalls()).containsExactly("write", "write");
    }

    @Test
    void newMarksAreForEachAlone() {
        var first = pipe(0);
        var broadcast = Broadcast.to(List.of(first, pipe(0)));
        broadcast.send(MESSAGE);

        first.changeMarks(Marks.inMessages(1, 0));

        assertThat(broadcast.isOver()).isTrue();
        assertThat(first.canSend()).isFalse();
    }

    @Test
    void aQuietPipeDropsItsArrays() {
        var first = pipe(0);
        var second = pipe(0);
        var broadcast = Broadcast.to(List.of(first, second));
        for (var i = 0; i < 200; i++) {
            broadcast.send(Message.of(new byte[100]));
        }
        assertThat(first.holdsMuch()).isTrue();
        written(first, 200);

        assertThat(first.dropArrays()).isTrue();

        assertThat(broadcast.isOver()).isTrue();
        assertThat(first.holdsMuch()).isFalse();
        first.send(MESSAGE);
        assertThat(written(first, 1)).isEqualTo(frames("m"));
        assertThat(second.output().refresh()).isEqualTo(200 * 102);
    }
}
