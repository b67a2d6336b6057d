package io.lingmq.cli.shell;

import io.lingmq.Socket;

/**
 * An endpoint as the command line gives it.
 *
 * @param bound whether to bind it; else it is connected to
 * @param endpoint the endpoint itself
 */
public record Attachment(boolean bound, String endpoint) {
    /** Binds or connects the socket; the real endpoint of a bind is told, so that scripts learn the port. */
    public void attach(Socket socket, Console console) {
        if (bound) {
            console.note("bound " + socket.bind(endpoint));
        } else {
            socket.connect(endpoint);
        }
    }
}
