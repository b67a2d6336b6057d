package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent.AcceptFailed;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What depends on descriptors and on the operating system; all else is in {@link ListenerTest}. */
class ListenerOnRealChannelsTest {
    private static final String ANY = "127.0.0.1:*";

    private final Reactor reactor = new SelectorReactor("listening");
    private final SessionOwnerRecorder socket = new SessionOwnerRecorder();

    @AfterEach
    void close() {
        reactor.stop();
    }

    private static long result(Listener listener) {
        return Background.call("waiting for the end", listener.finished()::get).result();
    }

    @Test
    void channelThatCannotBeTunedIsClosed() {
        var transport = new TcpTransport() {
            @Override
            public void tune(SocketChannel channel, Settings settings) throws IOException {
                throw new IOException("cannot be tuned");
            }
        };
        var listener =
                new Listener(List.of(reactor), socket, transport.listen(ANY, Settings.defaults()), Settings.defaults());
        assertThat(listener.start()).isTrue();
        try (var peer = ScriptedPeer.connect(listener.endpoint())) {
            peer.expectClosed();
        }
        assertThat(socket.events().await(AcceptFailed.class).reason()).isEqualTo("cannot be tuned");
        listener.close(0);
        assertThat(result(listener)).isZero();
    }

    @Test
    void listenerWhoseThreadHasStoppedLeavesNothingOpen() {
        reactor.stop();
        var listening = new TcpTransport().listen(ANY, Settings.defaults());
        var listener = new Listener(List.of(reactor), socket, listening, Settings.defaults());

        assertThat(listener.start()).isFalse();

        assertThat(listening.channel().isOpen()).isFalse();
    }

    /** A channel that is closed keeps its address for as long as a selector knows it. */
    @Test
    void listenerThatIsClosedAfterItsThreadHasStoppedGivesItsAddressBack() {
        var listener = new Listener(
                List.of(reactor), socket, new TcpTransport().listen(ANY, Settings.defaults()), Settings.defaults());
        assertThat(listener.start()).isTrue();
        reactor.stop();

        listener.close(0);

        assertThat(result(listener)).isZero();
        new TcpTransport()
                .listen(listener.endpoint().substring("tcp://".length()), Settings.defaults())
                .close();
    }
}
