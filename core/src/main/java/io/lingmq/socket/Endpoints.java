package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.event.CloseReport;
import io.lingmq.event.CloseReport.EndpointLoss;
import io.lingmq.event.CloseReport.SocketLoss;
import io.lingmq.guard.Log;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import io.lingmq.session.Connector;
import io.lingmq.session.EndpointSession;
import io.lingmq.session.Listener;
import io.lingmq.transport.Endpoint;
import io.lingmq.transport.Transport;
import io.lingmq.transport.Transports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one socket is bound and connected to.
 *
 * <p>Threading: any thread; its own lock guards the lists only.
 */
final class Endpoints {
    private static final long LONGEST_RELEASE_NS = 1_000_000_000;

    private final ContextCore context;
    private final SocketCore socket;
    private final List<Attached> binds = new ArrayList<>();
    private final List<Attached> connects = new ArrayList<>();
    /** Told to end, and not at their end yet. */
    private final Map<EndpointSession, Leave> leaving = new LinkedHashMap<>();

    /** What was lost where; the first of very many places. */
    private final Map<String, Long> losses = new LinkedHashMap<>();

    private long unsent;
    private boolean closed;
    private volatile String last = "";

    /** A session and the text that the user gave for it, which is not always the one that it tells. */
    private record Attached(EndpointSession session, String given) {}

    /** What an endpoint was told that ends. Guarded by the lock of the lists. */
    private static final class Leave {
        /** Completes when the loss is counted. */
        private final CompletableFuture<Void> counted = new CompletableFuture<>();

        private long lingerNs;

        Leave(long lingerNs) {
            this.lingerNs = lingerNs;
        }

        /**
         * Whether the endpoint is to be told of another time: only of a shorter one, since it counts from the moment
         * when it is told. That there is no time at all it is told again, as its I/O thread may have stopped meanwhile.
         */
        boolean shortenTo(long otherNs) {
            if (otherNs > 0 && otherNs >= lingerNs) {
                return false;
            }
            lingerNs = otherNs;
            return true;
        }
    }

    Endpoints(ContextCore context, SocketCore socket) {
        this.context = context;
        this.socket = socket;
    }

    String last() {
        return last;
    }

    synchronized List<String> bound() {
        return binds.stream().map(each -> each.session.endpoint()).toList();
    }

    synchronized List<String> connected() {
        return connects.stream().map(each -> each.session.endpoint()).toList();
    }

    /** Those that were told to end and have something to do yet. */
    synchronized List<String> leaving() {
        return leaving.keySet().stream().map(EndpointSession::endpoint).toList();
    }

    String bind(String text) {
        var endpoint = parse(text);
        var session = endpoint.scheme().equals(Transports.INPROC) ? bindInproc(endpoint) : listen(endpoint);
        return keep(binds, session, text);
    }

    private EndpointSession bindInproc(Endpoint endpoint) {
        var bind = new InprocBind(context.inproc(), socket, endpoint.address());
        bind.start();
        return bind;
    }

    private EndpointSession listen(Endpoint endpoint) {
        var transport = context.transports().of(endpoint);
        var settings = socket.settings();
        checkMechanism(endpoint, transport, settings);
        var reactors = context.reactors(); // before the address is taken: there may be none
        var acceptor = transport.listen(endpoint.address(), settings);
        var listener = new Listener(reactors, socket.pipes(), acceptor, settings);
        if (!listener.start()) {
            throw new ClosedException("the context was closed while it opened " + acceptor.endpoint());
        }
        return listener;
    }

    private static String typesOn(Transport transport) {
        return Stream.of(SocketType.values())
                .filter(transport::carries)
                .map(SocketType::toString)
                .collect(Collectors.joining(", "));
    }

    /** Tells the caller if the options are in contradiction, or ask for what cannot be had. */
    private void checkMechanism(Endpoint endpoint, Transport transport, Settings settings) {
        var mechanism = socket.pipes().security().mechanism(settings);
        if (!transport.hasHandshake() && !mechanism.admitsOldPeers()) {
            throw new EndpointException(
                    ErrorCode.INCOMPATIBLE_TRANSPORT,
                    endpoint + " cannot be guarded by " + mechanism.name() + ": " + endpoint.scheme()
                            + " has no handshake in which a peer could show who it is; leave out "
                            + (mechanism.name().equals("NULL") ? "zap-domain" : "the options of " + mechanism.name())
                            + ", or use another transport");
        }
    }

    /** A socket that speaks no ZMTP is for others than the sockets of this process. */
    private Endpoint parse(String text) {
        var endpoint = context.transports().parse(text);
        var isInproc = endpoint.scheme().equals(Transports.INPROC);
        if (!isInproc && !context.transports().of(endpoint).carries(socket.type())) {
            throw new EndpointException(
                    ErrorCode.INCOMPATIBLE_TRANSPORT,
                    "a " + socket.type() + " socket cannot use " + text + ": " + endpoint.scheme() + " carries "
                            + typesOn(context.transports().of(endpoint)));
        }
        if (socket.type().isRaw() && isInproc) {
            throw new EndpointException(
                    ErrorCode.INCOMPATIBLE_TRANSPORT,
                    "a " + socket.type() + " socket cannot use " + text
                            + ": it exchanges octets with other programs, over" + " tcp or ipc");
        }
        return endpoint;
    }

    String connect(String text) {
        var endpoint = parse(text);
        var settings = socket.settings();
        EndpointSession session;
        if (endpoint.scheme().equals(Transports.INPROC)) {
            var connect = new InprocConnect(context.inproc(), socket, endpoint.address(), settings);
            context.inproc()
                    .directory()
                    .find(endpoint.address(), bound -> InprocConnect.checkTypes(socket, bound, text));
            connect.start();
            session = connect;
        } else {
            var transport = context.transports().of(endpoint);
            transport.check(endpoint.address());
            checkMechanism(endpoint, transport, settings);
            var connector = new Connector(
                    context.reactor(),
                    context.resolver(),
                    context.runtime().random(),
                    socket.pipes(),
                    transport,
                    endpoint,
                    settings);
            connector.start();
            session = connector;
        }
        var told = keep(
                connects, session, text); // before anything that may fail: from now on it is closed with the socket
        if (settings.get(Options.CONNECT_ROUTING_ID).length > 0) {
            socket.set(Options.CONNECT_ROUTING_ID, new byte[0]); // it is for one connect only
        }
        return told;
    }

    /** Notes a session and returns its endpoint; one that comes when the socket is closed ends at once. */
    private String keep(List<Attached> list, EndpointSession session, String given) {
        forgetThoseThatAreOver(list);
        synchronized (this) {
            if (!closed) {
                list.add(new Attached(session, given));
                last = session.endpoint();
                return session.endpoint();
            }
        }
        session.close(0);
        throw new ClosedException("the socket was closed while it opened " + session.endpoint());
    }

    /** A connect that is lost for good has ended by itself: its endpoint may be connected anew. */
    private void forgetThoseThatAreOver(List<Attached> list) {
        var over = new ArrayList<EndpointSession>();
        synchronized (this) {
            list.removeIf(attached -> attached.session.isOver() && over.add(attached.session));
            over.forEach(session -> leaving.put(session, new Leave(0)));
        }
        forgetWhenFinished(over);
    }

    void unbind(String endpoint) {
        await(List.of(close(binds, endpoint, "bound", session -> {})));
    }

    void disconnect(String endpoint) {
        close(connects, endpoint, "connected", EndpointSession::discard);
    }

    private EndpointSession close(List<Attached> list, String endpoint, String how, Consumer<EndpointSession> before) {
        forgetThoseThatAreOver(list);
        var lingerNs = socket.settings().nanos(Options.LINGER);
        var session = take(list, endpoint, how, lingerNs);
        before.accept(session);
        session.close(lingerNs);
        forgetWhenFinished(List.of(session));
        return session;
    }

    /** Not under the lock: a session may have finished already. */
    private void forgetWhenFinished(List<EndpointSession> sessions) {
        for (var session : sessions) {
            var unused = session.finished().thenAccept(count -> hasEnded(session, count));
        }
    }

    private void hasEnded(EndpointSession session, long count) {
        Leave leave;
        synchronized (this) {
            lost(session.endpoint(), count);
            leave = leaving.remove(session);
        }
        if (leave != null) {
            leave.counted.complete(null);
        }
    }

    private void lost(String endpoint, long count) {
        unsent += count;
        if (count > 0 && (losses.size() < CloseReport.MOST_NAMED || losses.containsKey(endpoint))) {
            losses.merge(endpoint, count, Long::sum);
        }
    }

    /** What the endpoints that have ended so far could not send. */
    synchronized SocketLoss loss() {
        var places = losses.entrySet().stream()
                .map(place -> new EndpointLoss(place.getKey(), place.getValue()))
                .toList();
        return new SocketLoss(socket.name(), socket.type(), unsent, places);
    }

    private synchronized EndpointSession take(List<Attached> list, String endpoint, String how, long lingerNs) {
        var attached = find(list, endpoint);
        if (attached != null) {
            list.remove(attached);
            leaving.put(attached.session, new Leave(lingerNs));
            return attached.session;
        }
        var known = list.stream().map(each -> each.session.endpoint()).toList();
        throw new EndpointException(
                ErrorCode.NOT_FOUND,
                "the socket is not " + how + " to '" + endpoint + "'; it is " + how + " to "
                        + (known.isEmpty() ? "nothing" : String.join(", ", known)));
    }

    /**
     * Finds the session of an endpoint: the one that tells that text, else one that was given it, else one for which
     * another way to write it was told or given. Of several the last one.
     */
    private @Nullable Attached find(List<Attached> list, String endpoint) {
        var canonical = canonical(endpoint);
        return Stream.<Predicate<Attached>>of(
                        attached -> attached.session.endpoint().equals(endpoint),
                        attached -> attached.given.equals(endpoint),
                        attached -> canonical(attached.session.endpoint()).equals(canonical),
                        attached -> canonical(attached.given).equals(canonical))
                .flatMap(means -> list.stream().filter(means).reduce((first, later) -> later).stream())
                .findFirst()
                .orElse(null);
    }

    /** The form that all ways to write an endpoint have in common; of a malformed one, its text. */
    private String canonical(String text) {
        try {
            var endpoint = context.transports().parse(text);
            return endpoint.scheme().equals(Transports.INPROC)
                    ? text
                    : endpoint.scheme() + "://"
                            + context.transports().of(endpoint).canonical(endpoint.address());
        } catch (EndpointException e) {
            return text;
        }
    }

    /**
     * Ends all endpoints, and lets no new ones be opened. A second call can shorten the time.
     *
     * @return completes when nothing of them is left, with what could not leave
     */
    CompletableFuture<SocketLoss> closeAll(long lingerNs) {
        var opened = new ArrayList<EndpointSession>();
        var told = new ArrayList<EndpointSession>();
        CompletableFuture<?>[] counted;
        synchronized (this) {
            closed = true;
            leaving.forEach((session, leave) -> {
                if (leave.shortenTo(lingerNs)) {
                    told.add(session);
                }
            });
            binds.forEach(attached -> opened.add(attached.session));
            connects.forEach(attached -> opened.add(attached.session));
            binds.clear();
            connects.clear();
            opened.forEach(session -> leaving.put(session, new Leave(lingerNs)));
            counted = leaving.values().stream().map(leave -> leave.counted).toArray(CompletableFuture[]::new);
        }
        told.addAll(opened);
        told.forEach(session -> session.close(lingerNs));
        forgetWhenFinished(opened);
        return CompletableFuture.allOf(counted).thenApply(nothing -> loss());
    }

    /** Waits until the addresses of all endpoints that are being closed are free; a second at most. */
    void awaitReleased() {
        List<EndpointSession> all;
        synchronized (this) {
            all = List.copyOf(leaving.keySet());
        }
        await(all);
    }

    private void await(List<EndpointSession> sessions) {
        var released = CompletableFuture.allOf(
                sessions.stream().map(EndpointSession::released).toArray(CompletableFuture[]::new));
        if (!context.runtime().await(released, LONGEST_RELEASE_NS) && !Reactor.isIoThread()) { // which has not waited
            Log.warning("an endpoint is slow to close: its address may still be in use");
        }
    }
}
