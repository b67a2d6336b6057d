package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.io.IOException;

/** A proxy in the middle of a pipeline. */
final class Relay {
    private Relay() {}

    /** FRONT BACK: PULL, bound at FRONT, to PUSH, connected to BACK; stays until the end of the input. */
    static void run(Bench bench, Load load) throws IOException {
        var pull = bench.bound(Kind.PULL, load.endpoint());
        var push = bench.connected(Kind.PUSH, load.otherEndpoint());
        Background.start(() -> bench.library().relay(pull, push));
        bench.stay();
    }
}
