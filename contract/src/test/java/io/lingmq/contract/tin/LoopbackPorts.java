package io.lingmq.contract.tin;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses of the toys that are ports of this machine: {@code 4711}, or {@code *} for one that is free. */
public final class LoopbackPorts {
    private static final int LAST_PORT = 65_535;
    private static final String ANY = "*";

    private LoopbackPorts() {}

    /** Where to bind. */
    public static InetSocketAddress toBind(String address) {
        return address.equals(ANY) ? loopback(0) : toConnect(address);
    }

    /** Where to connect. */
    public static InetSocketAddress toConnect(String address) {
        if (!address.matches("[1-9]\\d{0,4}") || Integer.parseInt(address) > LAST_PORT) {
            throw new EndpointException(
                    ErrorCode.INVALID, "port '" + address + "': write a number from 1 to " + LAST_PORT);
        }
        return loopback(Integer.parseInt(address));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
