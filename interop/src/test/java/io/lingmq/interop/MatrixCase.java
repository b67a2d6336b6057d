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
        return all(language, List.of("tcp", "ipc"));
    }

    /** Every legal pair of types, each side binding, over each of those transports. */
    static List<MatrixCase> all(PeerLanguage language, List<String> transports) {
        var all = new ArrayList<MatrixCase>();
        for (var ours : SocketType.values()) {
            for (var theirs : SocketType.values()) {
                if (ours.accepts(theirs)) {
                    for (var transport : transports) {
                        all.add(new MatrixCase(language, ours, theirs, true, transport));
                        all.add(new MatrixCase(language, ours, theirs, false, transport));
                    }
                }
            }
        }
        return all;
    }

    /** Whether their side can send messages: the XSUB of libzmq 3's time tells subscriptions only. */
    boolean theySend() {
        return theirs.sends() && !(language == PeerLanguage.JEROMQ && theirs == SocketType.XSUB);
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
