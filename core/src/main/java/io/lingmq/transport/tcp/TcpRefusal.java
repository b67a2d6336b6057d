package io.lingmq.transport.tcp;

import io.lingmq.transport.BindFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;

/** Finds out why an address could not be bound. */
final class TcpRefusal {
    private static final int FIRST_PORT_FOR_ALL = 1024;
    private static final int LONGEST_PROBE_MS = 200;

    private TcpRefusal() {}

    /** The reason why the bind of an address ended with an exception. */
    static BindFailure reason(InetSocketAddress local, Exception cause) {
        if (BindFailure.isOutOfDescriptors()) {
            return BindFailure.NO_DESCRIPTOR;
        }
        if (cause instanceof UnsupportedOperationException || cause instanceof UnsupportedAddressTypeException) {
            return BindFailure.NO_IPV6;
        }
        if (!(cause instanceof BindException)) {
            return BindFailure.OTHER;
        }
        if (!isLocal(local.getAddress())) {
            return BindFailure.NOT_LOCAL;
        }
        var port = local.getPort();
        return port > 0 && port < FIRST_PORT_FOR_ALL && !isAnswered(local) ? BindFailure.DENIED : BindFailure.IN_USE;
    }

    /** Whether a socket can be bound to the address at all. */
    private static boolean isLocal(InetAddress address) {
        try (var probe = ServerSocketChannel.open(family(address))) {
            probe.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody listens on the port; one who is too busy to answer does. */
    private static boolean isAnswered(InetSocketAddress address) {
        try (var probe = new Socket()) {
            probe.connect(address, LONGEST_PROBE_MS);
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }
}
