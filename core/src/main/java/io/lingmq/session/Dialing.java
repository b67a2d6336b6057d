package io.lingmq.session;

import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Timer;
import io.lingmq.transport.Link;
import io.lingmq.transport.Transport;
import io.lingmq.transport.Transport.Route;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One round of attempts to reach a peer, which may have several addresses. They are tried in their order: the next one
 * as soon as one has failed, or when the last one begun has not answered for a step. The first that connects wins, the
 * others are closed. How it ended is told once, unless it is cancelled.
 *
 * <pre>
 *   address 1   begun ......................... closed
 *   address 2          step, begun -- connected: wins
 *   address 3                         (never begun)
 * </pre>
 *
 * <p>Where all have been begun, some have failed and others stay silent, these get two seconds more: an address that
 * has refused may be a peer that is about to come back, so the round must end.
 *
 * <p>Source: RFC 8305, sections 5 and 8.
 *
 * <p>Threading: the reactor's thread.
 */
final class Dialing implements Dial.Outcome {
    private static final long STEP_NS = 250_000_000;
    private static final long LONGEST_SILENCE_NS = 2_000_000_000;
    /** A name server may tell any number, and each is a descriptor. */
    private static final int MOST_ADDRESSES = 16;

    private final Reactor reactor;
    private final Transport transport;
    private final Settings settings;
    private final List<Route> routes;
    private final Iterator<Route> next;
    private final Consumer<Link> connected;
    private final Consumer<String> failed;
    private final Set<Dial> open = new LinkedHashSet<>();
    private final List<String> reasons = new ArrayList<>();
    private @Nullable Timer step;
    private @Nullable Timer silence;
    private boolean beginning;
    private boolean over;

    /**
     * A round that has not begun.
     *
     * @param routes the addresses, best first; the first {@value #MOST_ADDRESSES} are tried
     * @param connected is given the link to the peer, and owns it
     * @param failed hears why no address could be reached; nothing is left open
     */
    Dialing(
            Reactor reactor,
            Transport transport,
            Settings settings,
            List<Route> routes,
            Consumer<Link> connected,
            Consumer<String> failed) {
        this.reactor = reactor;
        this.transport = transport;
        this.settings = settings;
        this.routes = routes.subList(0, Math.min(MOST_ADDRESSES, routes.size()));
        this.connected = connected;
        this.failed = failed;
        next = this.routes.iterator();
    }

    /** The addresses in the order of a round: where there are more than one round tries, each begins elsewhere. */
    static List<Route> order(List<Route> all, int round) {
        if (all.size() <= MOST_ADDRESSES) {
            return all;
        }
        var first = (int) ((long) round * MOST_ADDRESSES % all.size());
        var rotated = new ArrayList<>(all.subList(first, all.size()));
        rotated.addAll(all.subList(0, first));
        return rotated;
    }

    void begin() {
        assert reactor.isHere() : "on the reactor's thread";
        beginNext();
    }

    /** Begins attempts until one of them has to be waited for. */
    private void beginNext() {
        cancel(step);
        beginning = true;
        var waits = false;
        while (!over && !waits && next.hasNext()) {
            var dial = new Dial(reactor, transport, settings, next.next(), this);
            open.add(dial);
            dial.begin();
            waits = open.contains(dial);
        }
        beginning = false;
        if (!over) {
            awaitAnswers();
        }
    }

    private void awaitAnswers() {
        if (next.hasNext()) {
            step = reactor.schedule(STEP_NS, this::beginNext);
        } else if (open.isEmpty()) {
            fail();
        } else if (!reasons.isEmpty() && silence == null) {
            silence = reactor.schedule(LONGEST_SILENCE_NS, this::fail);
        }
    }

    @Override
    public void connected(Dial dial, Link link) {
        open.remove(dial);
        cancel();
        connected.accept(link);
    }

    @Override
    public void failed(Dial dial, String reason) {
        open.remove(dial);
        reasons.add(routes.size() == 1 ? reason : dial.route().text() + ": " + reason);
        if (!beginning) { // else it has failed at once, and the next one follows anyway
            beginNext();
        }
    }

    private void fail() {
        open.forEach(silent -> reasons.add(silent.route().text() + ": no answer"));
        cancel();
        failed.accept(String.join("; ", reasons));
    }

    /** Gives up without a word. */
    void cancel() {
        over = true;
        cancel(step);
        cancel(silence);
        open.forEach(Dial::cancel);
        open.clear();
    }

    private static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
