package io.lingmq.loop;

/**
 * One handler of a socket or channel.
 *
 * <p>Threading: any thread cancels; the loop's calls.
 */
final class Handler implements Entry {
    private final Station station;
    private final Kind kind;
    private final Serving serving;
    private volatile boolean active = true;

    /** What it does when its socket or channel is ready. */
    @FunctionalInterface
    interface Serving {
        /** Serves the handler that it belongs to. */
        void serve(Handler self) throws Exception;
    }

    Handler(Station station, Kind kind, Serving serving) {
        this.station = station;
        this.kind = kind;
        this.serving = serving;
    }

    Kind kind() {
        return kind;
    }

    void serve() throws Exception {
        serving.serve(this);
    }

    @Override
    public boolean isActive() {
        return active;
    }

    /** It is called no more. */
    void ends() {
        active = false;
    }

    @Override
    public void cancel() {
        ends(); // at once, whatever its station is busy with
        station.remove(this);
    }

    @Override
    public String toString() {
        return kind + " of " + station.item();
    }
}
