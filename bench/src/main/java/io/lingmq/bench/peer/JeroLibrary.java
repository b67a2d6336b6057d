package io.lingmq.bench.peer;

import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** JeroMQ, the other ZeroMQ in pure Java, with default options. */
final class JeroLibrary implements Library {
    static final String NAME = "jeromq";

    private static final int MANY_SOCKETS = 20_000;

    private final ZMQ.Context context = ZMQ.context(1);

    JeroLibrary() {
        context.setMaxSockets(MANY_SOCKETS);
    }

    @Override
    public Port open(Kind kind) {
        return new JeroPort(context.socket(SocketType.valueOf(kind.name())), kind == Kind.ROUTER);
    }

    @Override
    public Watch watch(List<Port> ports) {
        var poller = context.poller(ports.size());
        for (var port : ports) {
            poller.register(((JeroPort) port).socket(), ZMQ.Poller.POLLIN);
        }
        return () -> await(poller, ports);
    }

    private static List<Port> await(ZMQ.Poller poller, List<Port> ports) {
        poller.poll();
        var found = new ArrayList<Port>();
        for (var i = 0; i < ports.size(); i++) {
            if (poller.pollin(i)) {
                found.add(ports.get(i));
            }
        }
        return found;
    }

    @Override
    @SuppressWarnings("NullAway") // no capture is null there
    public void relay(Port from, Port to) {
        ZMQ.proxy(((JeroPort) from).socket(), ((JeroPort) to).socket(), null);
    }
}
