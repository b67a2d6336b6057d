package io.lingmq.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.LingException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Handlers of channels. */
class LoopChannelsTest extends Looping {
    private final Pipe.SourceChannel source;
    private final Pipe.SinkChannel sink;

    LoopChannelsTest() throws IOException {
        var pipe = Pipe.open();
        source = pipe.source();
        sink = pipe.sink();
        source.configureBlocking(false);
        sink.configureBlocking(false);
    }

    @AfterEach
    void closeChannels() throws IOException {
        source.close();
        sink.close();
    }

    private void write() throws IOException {
        assertThat(sink.write(ByteBuffer.allocate(1))).isOne();
    }

    @Test
    void actionsAreCalledWhileTheChannelIsReady() throws InterruptedException, IOException {
        loop.onReadable(source, () -> {
            calls.add("readable");
            source.read(ByteBuffer.allocate(10));
        });
        var writing = loop.onWritable(sink, () -> calls.add("writable"));
        turn();
        assertThat(takeCalls()).containsExactly("writable");
        writing.cancel();
        turn();
        assertThat(takeCalls()).isEmpty();
        write();
        turns(2);
        assertThat(takeCalls()).containsExactly("readable");
    }

    @Test
    void channelIsRegisteredAnewInTheSameTurn() throws InterruptedException, IOException {
        var first = loop.onReadable(source, () -> calls.add("first"));
        turn();
        first.cancel();
        loop.onReadable(source, () -> calls.add("second"));
        write();
        turns(2);
        assertThat(takeCalls()).containsExactly("second", "second");
    }

    @Test
    void channelThatIsClosedIsTold() throws InterruptedException, IOException {
        var reading = loop.onReadable(source, () -> source.close());
        loop.onClosed(source, () -> calls.add("closed"));
        turn();
        write();
        turns(2);
        assertThat(takeCalls()).containsExactly("closed");
        assertThat(reading.isActive()).isFalse();
        assertThat(loop.toString()).contains("channels: 0");
    }

    @Test
    void closingInAHandlerIsToldThoughNothingElseHappens() throws IOException {
        loop.onReadable(source, () -> source.close());
        loop.onClosed(source, loop::stop);
        write();
        assertThat(Background.run("running", loop::run).result()).isTrue();
    }

    @Test
    void channelWhoseEndNobodyWaitsForIsForgotten() throws InterruptedException, IOException {
        var reading = loop.onReadable(source, () -> calls.add("readable"));
        turn();
        source.close();
        turns(2);
        assertThat(reading.isActive()).isFalse();
        assertThat(loop.toString()).contains("channels: 0");
        reading.cancel();
    }

    @Test
    void cancellingOneOfTwoOfAClosedChannelFailsNot() throws InterruptedException, IOException {
        var reading = loop.onReadable(source, () -> calls.add("readable"));
        loop.onClosed(source, () -> calls.add("closed"));
        turn();
        source.close();
        reading.cancel();
        turns(2);
        assertThat(takeCalls()).containsExactly("closed");
    }

    @Test
    void channelThatCannotBeWatchedIsRefusedAndLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> loop.onWritable(source, () -> {})).isInstanceOf(NotSupportedException.class);
        source.configureBlocking(true);
        assertThatThrownBy(() -> loop.onReadable(source, () -> {})).isInstanceOf(LingException.class);
        assertThatThrownBy(() -> loop.onClosed(source, () -> {})).isInstanceOf(LingException.class);
        assertThat(loop.toString()).contains("channels: 0");
    }

    @Test
    void closedLoopLeavesChannelsOpenAndTheirSelectorClosed() throws InterruptedException {
        loop.onReadable(source, () -> calls.add("readable"));
        loop.after(Duration.ZERO, loop::close);
        turn();
        assertThat(source.isOpen()).isTrue();
        assertThat(source.isRegistered()).isFalse();
    }
}
