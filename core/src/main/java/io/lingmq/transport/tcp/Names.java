package io.lingmq.transport.tcp;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for: the only place where the operating system or a name server is asked, which may take seconds.
 * The JVM remembers the answers of name servers, 30 seconds unless its security property
 * {@code networkaddress.cache.ttl} says otherwise, and for 10 seconds ({@code networkaddress.cache.negative.ttl}) that
 * there was none.
 *
 * <p>Threading: any thread that may block, so no I/O thread.
 */
interface Names {
    /** The names that this machine knows. */
    Names OF_THIS_MACHINE = new Names() {
        @Override
        public List<InetAddress> lookUp(String host) throws UnknownHostException {
            return List.of(InetAddress.getAllByName(host));
        }

        @Override
        public @Nullable List<InetAddress> ofInterface(String name) {
            try {
                var card = NetworkInterface.getByName(name);
                return card == null ? null : Collections.list(card.getInetAddresses());
            } catch (SocketException e) {
                return null;
            }
        }
    };

    /** All addresses of a host, best first, at least one. */
    List<InetAddress> lookUp(String host) throws UnknownHostException;

    /** The addresses of a network interface, or null if there is none of that name. */
    @Nullable
    List<InetAddress> ofInterface(String name);
}
