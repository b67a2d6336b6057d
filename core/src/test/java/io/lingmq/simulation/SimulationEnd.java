package io.lingmq.simulation;

/** A world cannot go on. */
final class SimulationEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SimulationEnd(String why) {
        super(why);
    }
}
