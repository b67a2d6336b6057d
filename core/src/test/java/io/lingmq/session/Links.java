package io.lingmq.session;

import io.lingmq.option.Settings;
import io.lingmq.testkit.Await;
import io.lingmq.transport.Link;
import io.lingmq.transport.Transport.Route;
import io.lingmq.transport.tcp.TcpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReference;

/** Links over TCP to somebody who listens. */
final class Links {
    private Links() {}

    static Link to(SocketAddress remote) throws IOException {
        var connecting =
                new TcpTransport().connect(new Route(null, remote, String.valueOf(remote)), Settings.defaults());
        var link = new AtomicReference<Link>();
        Await.until("it is connected", () -> {
            try {
                link.set(connecting.finish());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return link.get() != null;
        });
        return link.get();
    }
}
