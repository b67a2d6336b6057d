package io.lingmq.socket;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.guard.Log;
import io.lingmq.option.Options;
import io.lingmq.session.Connector;
import io.lingmq.session.EndpointSession;
import io.lingmq.session.Listener;
import io.lingmq.transport.Endpoint;
import io.lingmq.transport.Transports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one socket is bound and connected to.
 *
 * <p>Threading: any thread; its own lock guards the lists only.
 */
final class Endpoints {
    private static final long LONGEST_RELEASE_MS = 1000;

    private final ContextCore context;
    private final SocketCore socket;
    private final List<EndpointSession> binds = new ArrayList<>();
    private final List<EndpointSession> connects = new ArrayList<>();
    private volatile String last = "";

    Endpoints(ContextCore context, SocketCore socket) {
        this.context = context;
        this.socket = socket;
    }

    String last() {
        return last;
    }

    String bind(String text) {
        var endpoint = context.transports().parse(text);
        var session = endpoint.scheme().equals(Transports.INPROC) ? bindInproc(endpoint) : listen(endpoint);
        keep(binds, session);
        return last;
    }

    private EndpointSession bindInproc(Endpoint endpoint) {
        var bind = new InprocBind(context.directory(), socket, endpoint.address());
        bind.start();
        return bind;
    }

    private EndpointSession listen(Endpoint endpoint) {
        var transport = context.transports().of(endpoint);
        var settings = socket.settings();
        var listening = transport.listen(endpoint.address(), settings);
        var listener = new Listener(context.reactor(), socket.pipes(), transport, listening, settings);
        listener.start();
        return listener;
    }

    String connect(String text) {
        var endpoint = context.transports().parse(text);
        var settings = socket.settings();
        EndpointSession session;
        if (endpoint.scheme().equals(Transports.INPROC)) {
            var connect = new InprocConnect(context.directory(), socket, endpoint.address(), settings);
            context.directory().find(endpoint.address(), bound -> InprocConnect.checkTypes(socket, bound, text));
            connect.start();
            session = connect;
        } else {
            var transport = context.transports().of(endpoint);
            transport.check(endpoint.address());
            var connector =
                    new Connector(context.reactor(), context.resolver(), socket.pipes(), transport, endpoint, settings);
            connector.start();
            session = connector;
        }
        if (settings.get(Options.CONNECT_ROUTING_ID).length > 0) {
            socket.set(Options.CONNECT_ROUTING_ID, new byte[0]); // it is for one connect only
        }
        keep(connects, session);
        return last;
    }

    /** Notes a session; one that comes while the socket closes is closed with it. */
    private void keep(List<EndpointSession> list, EndpointSession session) {
        synchronized (this) {
            list.add(session);
            last = session.endpoint();
        }
        if (socket.isClosed()) {
            session.close(0);
        }
    }

    void unbind(String endpoint) {
        var session = take(binds, endpoint, "bound");
        close(session);
        await(session.released());
    }

    void disconnect(String endpoint) {
        close(take(connects, endpoint, "connected"));
    }

    private void close(EndpointSession session) {
        session.close(socket.settings().nanos(Options.LINGER));
        context.closing(session);
    }

    private synchronized EndpointSession take(List<EndpointSession> list, String endpoint, String how) {
        for (var session : list) {
            if (session.endpoint().equals(endpoint) || session.endpoint().equals(withAnyHost(endpoint))) {
                list.remove(session);
                return session;
            }
        }
        var known = list.stream().map(EndpointSession::endpoint).toList();
        throw new EndpointException(
                ErrorCode.NOT_FOUND,
                "the socket is not " + how + " to '" + endpoint + "'; it is " + how + " to "
                        + (known.isEmpty() ? "nothing" : String.join(", ", known)));
    }

    private static String withAnyHost(String endpoint) {
        return endpoint.replace("tcp://*:", "tcp://0.0.0.0:");
    }

    /** Closes all; completes with the number of messages that could not leave. Addresses are free when it returns. */
    List<EndpointSession> closeAll(long lingerNs) {
        List<EndpointSession> all;
        synchronized (this) {
            all = new ArrayList<>(binds);
            all.addAll(connects);
            binds.clear();
            connects.clear();
        }
        all.forEach(session -> session.close(lingerNs));
        all.forEach(session -> await(session.released()));
        return all;
    }

    private void await(CompletableFuture<Void> release) {
        if (release.isDone() || context.isReactor()) {
            return;
        }
        var interrupted = Thread.interrupted();
        try {
            release.get(LONGEST_RELEASE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
            Log.warning("an endpoint is slow to close", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
