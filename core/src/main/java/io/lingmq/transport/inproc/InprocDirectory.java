package io.lingmq.transport.inproc;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The names that the sockets of one context are bound to, and who waits for a name that nobody has yet.
 *
 * <p>To look for a binder and to wait for the next one is one step: no binder comes in between unseen.
 *
 * <p>Threading: any thread; holds its lock only for look-ups and calls nobody meanwhile.
 *
 * @param <B> who binds
 * @param <C> who connects
 */
public final class InprocDirectory<B, C> {
    private final Map<String, B> bound = new HashMap<>();
    private final Map<String, Set<C>> waiting = new HashMap<>();

    /**
     * Gives a name to a binder.
     *
     * @return those who have been waiting for the name, in the order in which they came; they wait no longer
     * @throws EndpointException if the name is taken
     */
    public synchronized List<C> bind(String name, B binder) {
        if (bound.putIfAbsent(name, binder) != null) {
            throw new EndpointException(
                    ErrorCode.ADDRESS_IN_USE,
                    "cannot bind inproc://" + name
                            + ": another socket of this context is bound to it; close that one or choose another name");
        }
        var patient = waiting.remove(name);
        return patient == null ? List.of() : List.copyOf(patient);
    }

    /** Takes a name back. */
    public synchronized void unbind(String name, B binder) {
        bound.remove(name, binder);
    }

    /** The binder of a name; if there is none, the connector is noted to wait for one and null is returned. */
    public @Nullable B connect(String name, C connector) {
        return connect(name, connector, null);
    }

    /** As {@link #connect(String, Object)}, but one binder will not do: the connector waits for another. */
    public synchronized @Nullable B connect(String name, C connector, @Nullable B unfit) {
        var binder = bound.get(name);
        if (binder == null || binder == unfit) {
            waiting.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(connector);
            return null;
        }
        return binder;
    }

    /** The binder of a name; null if there is none. */
    public synchronized @Nullable B binder(String name) {
        return bound.get(name);
    }

    /** Shows the binder of a name, if there is one. */
    public void find(String name, Consumer<B> action) {
        B binder;
        synchronized (this) {
            binder = bound.get(name);
        }
        if (binder != null) {
            action.accept(binder);
        }
    }

    /** A connector waits no longer. */
    public synchronized void stopWaiting(String name, C connector) {
        var patient = waiting.get(name);
        if (patient != null && patient.remove(connector) && patient.isEmpty()) {
            waiting.remove(name);
        }
    }
}
