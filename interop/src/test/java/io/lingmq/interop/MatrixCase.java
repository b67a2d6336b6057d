package io.lingmq.interop;

import io.lingmq.option.SocketType;
import io.lingmq.testkit.Endpoints;
import java.util.ArrayList;
import java.util.List;

/**
 * One way for two sockets of different make to meet.
 *
 * @param language the other side's language
 * @param ours the type of our socket
 * @param theirs the type of the other side's socket
 * @param weBind whether ours binds and theirs connects, or the other way round
 * @param transport {@code tcp} or {@code ipc}
 */
record MatrixCase(PeerLanguage language, SocketType ours, SocketType theirs, boolean weBind, String transport) {
    /** Every legal pair of types, each side binding, over each transport. */
    static List<MatrixCase> all(PeerLanguage language) {
        var all = new ArrayList<MatrixCase>();
        for (var ours : SocketType.values()) {
            for (var theirs : SocketType.values()) {
                if (ours.accepts(theirs)) {
                    for (var transport : List.of("tcp", "ipc")) {
                        all.add(new MatrixCase(language, ours, theirs, true, transport));
                        all.add(new MatrixCase(language, ours, theirs, false, transport));
                    }
                }
            }
        }
        return all;
    }

    /** A fresh endpoint to bind. */
    String endpoint() {
        return transport.equals("tcp") ? "tcp://127.0.0.1:*" : Endpoints.ipc();
    }

    @Override
    public String toString() {
        return "our " + ours + (weBind ? " bound" : " connected") + " and a " + theirs + " in " + language + " over "
                + transport;
    }
}
