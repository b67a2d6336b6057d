package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.Test;

/** What a poller does with channels, beside sockets and alone. */
class PolledChannelsTest extends Polling {
    @Test
    void findsChannelsBesideSockets() throws IOException, InterruptedException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            push.connect("inproc://here");
            poller.add(source, READ, null);
            poller.add("pull", pull, READ, null);
            assertThat(poller.poll(0)).isEmpty();
            var polling = waiting();
            sink.write(ByteBuffer.wrap(new byte[1]));
            assertThat(polling.result()).containsExactly(readable(source));
            assertThat(poller.poll(0)).as("it stays ready").containsExactly(readable(source));

            source.read(ByteBuffer.allocate(1));
            var again = waiting();
            push.trySend(Message.of("x"));
            assertThat(again.result()).containsExactly(readable("pull"));

            poller.remove(source);
            assertThat(poller.size()).isEqualTo(1);
        }
    }

    @Test
    void refusesChannelThatBlocks() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            assertThat(sink.isBlocking()).isTrue();
            assertThatThrownBy(() -> poller.add(source, READ, null))
                    .isInstanceOf(LingException.class)
                    .hasMessageStartingWith(
                            "a channel must be in non-blocking mode to be polled: call configureBlocking(false) first");
        }
    }

    @Test
    void refusesChannelThatIsClosed() throws IOException {
        var channel = Pipe.open();
        channel.sink().configureBlocking(false);
        channel.source().close();
        channel.sink().close();

        assertThatThrownBy(() -> poller.add(channel.sink(), WRITE, null))
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith("a closed channel cannot be polled");
    }

    @Test
    void closingEndsWaitingForAChannel() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            poller.add(source, READ, null);
            var polling =
                    Background.call("polling", () -> poller.poll(FOR_EVER)).awaitInside("select");
            poller.close();

            assertThat(polling.failure(Await.PATIENCE))
                    .isInstanceOf(ClosedException.class)
                    .hasMessageStartingWith("the poller is closed");
            assertThat(sink.isOpen()).isTrue();
        }
    }

    /** Closing may come between two steps of a poll. */
    @Test
    void whoeverAsksAfterTheEndHearsOfIt() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            var channels = new PolledChannels();
            channels.add(source, READ, null);
            channels.remove(source);
            channels.close();

            assertThatThrownBy(channels::isEmpty).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> channels.selectNow(key -> {})).isInstanceOf(ClosedException.class);
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    void channelThatIsClosedMeanwhileIsFoundNoLonger() throws IOException, InterruptedException {
        var channel = Pipe.open();
        channel.sink().configureBlocking(false);
        poller.add(channel.sink(), WRITE, null);
        assertThat(poller.poll(FOR_EVER)).containsExactly(writable(channel.sink()));
        channel.source().close();
        channel.sink().close();

        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.size()).isZero();
    }

    /** Not even one that has been closed since the last poll counts. */
    @Test
    void closedChannelIsNotWatched() throws IOException {
        var channel = Pipe.open();
        channel.sink().configureBlocking(false);
        poller.add(channel.sink(), WRITE, null);
        assertThat(poller.size()).isEqualTo(1);
        channel.source().close();
        channel.sink().close();
        assertThat(poller.size()).isZero();
        poller.remove(channel.sink());
        assertThat(poller.size()).isZero();
    }

    @Test
    void removedChannelMayBeAddedAgainAtOnce() throws IOException, InterruptedException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            poller.add(sink, 0, null);
            assertThat(poller.poll(0)).isEmpty();
            poller.remove(sink);
            poller.add(sink, WRITE, null);
            assertThat(poller.size()).isEqualTo(1);
            assertThat(poller.poll(FOR_EVER)).containsExactly(writable(sink));
            for (var i = 0; i < 3; i++) {
                poller.remove(sink);
                poller.add(sink, WRITE, null);
            }
            poller.add(sink, 0, null);
            assertThat(poller.poll(0)).as("it was added last for nothing").isEmpty();

            poller.remove(sink);
            poller.add(sink, WRITE, null);
            poller.remove(sink);
            assertThat(poller.size()).isZero();
            assertThat(poller.poll(0)).isEmpty();
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void channelThatReturnsWhileAnotherThreadWaitsIsFound() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            poller.add(sink, 0, null);
            var polling =
                    Background.call("polling", () -> poller.poll(FOR_EVER)).awaitInside("select");
            poller.remove(sink);
            poller.add(sink, WRITE, null);

            assertThat(polling.result()).containsExactly(writable(sink));
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void removedChannelMayBlock() throws IOException, InterruptedException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            sink.configureBlocking(false);
            poller.add(sink, WRITE, null);
            poller.poll(0);
            poller.remove(sink);
            sink.configureBlocking(true);
            assertThat(sink.isBlocking()).isTrue();

            sink.configureBlocking(false);
            poller.add(sink, WRITE, null); // the selector has not noticed yet that it was removed
            sink.configureBlocking(true);
            assertThatThrownBy(() -> poller.poll(0))
                    .isInstanceOf(LingException.class)
                    .hasMessageStartingWith("a channel must be in non-blocking mode");
            assertThat(poller.size()).isZero();
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void returningChannelThatIsClosedIsForgotten() throws IOException, InterruptedException {
        var channel = Pipe.open();
        channel.sink().configureBlocking(false);
        poller.add(channel.sink(), WRITE, null);
        poller.remove(channel.sink());
        poller.add(channel.sink(), WRITE, null);
        assertThat(poller.size()).isEqualTo(1);
        channel.source().close();
        channel.sink().close();

        assertThat(poller.size()).isZero();
        assertThat(poller.poll(0)).isEmpty();
    }
}
