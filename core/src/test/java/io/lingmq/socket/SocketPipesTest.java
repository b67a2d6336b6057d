package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.SocketType;
import io.lingmq.pattern.Patterns;
import io.lingmq.pipe.WirePipe;
import io.lingmq.routing.Drops;
import io.lingmq.support.CarrierRecorder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SocketPipesTest {
    private final Drops drops = new Drops();
    private final SocketPipes pipes =
            new SocketPipes(SocketType.PULL, new SocketLock(), Patterns.of(SocketType.PULL, drops), drops);

    @Test
    void readsItselfFromTheOnePeerThatSpeaksAmongMany() {
        var channels = IntStream.range(0, 10).mapToObj(i -> attached()).toList();
        var busy = new CarrierRecorder();
        var pipe = attached(busy);
        channels.forEach(CarrierRecorder::takeCalls); // the first were few, and looked into
        for (var i = 0; i < 10; i++) {
            pipe.arrived(1);
        }
        pipes.readHere();
        pipes.stopReadingHere();
        assertThat(busy.takeCalls()).containsExactly("read", "stop reading");
        assertThat(channels)
                .allSatisfy(channel -> assertThat(channel.takeCalls()).isEmpty());
    }

    private CarrierRecorder attached() {
        var channel = new CarrierRecorder();
        attached(channel);
        return channel;
    }

    private WirePipe attached(CarrierRecorder channel) {
        var pipe = new WirePipe(pipes, 1000, 1000, false);
        pipe.carriedBy(channel);
        pipes.attach(pipe);
        return pipe;
    }
}
