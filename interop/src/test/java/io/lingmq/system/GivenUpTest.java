package io.lingmq.system;

import static io.lingmq.system.SocketFixture.awaitPeers;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Context;
import io.lingmq.error.EndpointException;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.Closed;
import io.lingmq.option.Options;
import io.lingmq.testkit.Recorder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connect that is not to be made again once it is lost. */
class GivenUpTest {
    @AutoClose
    private final Context context = Context.open();

    @ParameterizedTest
    @EnumSource(value = Transport.class, mode = EnumSource.Mode.EXCLUDE, names = "INPROC")
    void disconnectTakesTheLiveConnectNotTheOneThatWasGivenUp(Transport transport) {
        var events = new Recorder<SocketEvent>();
        try (var push = context.push();
                var pull = context.pull()) {
            push.monitor(events);
            push.set(Options.RECONNECT_INTERVAL, Options.FOREVER);
            var endpoint = pull.bind(transport.endpoint());
            push.connect(endpoint);
            awaitPeers(push, 1);
            pull.unbind(endpoint);
            events.await(Closed.class);
            pull.bind(endpoint);
            push.connect(endpoint);
            awaitPeers(push, 1);
            awaitPeers(pull, 1);

            push.disconnect(endpoint);

            awaitPeers(pull, 0);
            assertThatThrownBy(() -> push.disconnect(endpoint)).isInstanceOf(EndpointException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, mode = EnumSource.Mode.EXCLUDE, names = "INPROC")
    void connectThatWasGivenUpIsForgotten(Transport transport) {
        var events = new Recorder<SocketEvent>();
        try (var push = context.push()) {
            push.monitor(events);
            push.set(Options.RECONNECT_INTERVAL, Options.FOREVER);
            var endpoint = push.connect(transport.endpoint());
            events.await(Closed.class);
            assertThatThrownBy(() -> push.disconnect(endpoint)).isInstanceOf(EndpointException.class);
        }
    }
}
