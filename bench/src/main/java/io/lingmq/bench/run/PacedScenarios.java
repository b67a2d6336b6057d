package io.lingmq.bench.run;

import java.util.ArrayList;
import java.util.List;

/** Scenarios in which messages leave at a given rate, and how long each takes is measured. */
public final class PacedScenarios {
    /** Messages a second of one sender. */
    public static final List<Integer> RATES = List.of(100, 1000, 10_000, 100_000, 1_000_000);
    /** Where several senders share a rate. */
    public static final int SENDERS = 10;

    private static final int SIZE = 64;
    private static final int SHARED_RATE = 100_000;

    private PacedScenarios() {}

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        RATES.forEach(rate -> all.add(stream("pace-" + rate, rate, 1)));
        all.add(stream("pace-" + SENDERS + "-senders", SHARED_RATE, SENDERS));
        return List.copyOf(all);
    }

    private static Scenario stream(String name, int rate, int senders) {
        return new Scenario(name, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            return List.of(
                    Role.ends("pace-recv", endpoint, SIZE, rate, senders, scale.runUpMs(), scale.pacedMs())
                            .announcing(),
                    Role.stays("pace-send", endpoint, SIZE, rate, senders, scale.runUpMs()));
        });
    }
}
