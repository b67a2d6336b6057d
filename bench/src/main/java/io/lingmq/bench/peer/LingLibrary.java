package io.lingmq.bench.peer;

import io.lingmq.Context;
import io.lingmq.Interest;
import io.lingmq.Poller;
import io.lingmq.Proxy;
import io.lingmq.Socket;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** LingMQ through its public API, with default options. */
final class LingLibrary implements Library {
    static final String NAME = "lingmq";

    private final Context context = Context.open();

    @Override
    public Port open(Kind kind) {
        return new LingPort(context.socket(SocketType.valueOf(kind.name())));
    }

    @Override
    public Watch watch(List<Port> ports) {
        var portOf = new HashMap<Socket, Port>();
        var poller = context.poller();
        for (var port : ports) {
            var socket = ((LingPort) port).socket();
            portOf.put(socket, port);
            poller.add(socket, Interest.READ);
        }
        return () -> await(poller, portOf);
    }

    private static List<Port> await(Poller poller, Map<Socket, Port> portOf) throws InterruptedException {
        var found = new ArrayList<Port>();
        for (var ready : poller.poll()) {
            var port = portOf.get(ready.socket());
            if (port != null) {
                found.add(port);
            }
        }
        return found;
    }

    @Override
    public void relay(Port from, Port to) throws InterruptedException {
        Proxy.between(((LingPort) from).socket(), ((LingPort) to).socket()).run();
    }
}
