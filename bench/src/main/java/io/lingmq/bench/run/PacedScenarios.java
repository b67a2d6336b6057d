package io.lingmq.bench.run;

import io.lingmq.bench.run.Scenario.Length;
import java.util.ArrayList;
import java.util.List;

/** Scenarios in which messages leave at a given rate, and how long each takes is measured. */
public final class PacedScenarios {
    /** Messages a second of one sender. */
    public static final List<Integer> RATES = List.of(100, 1000, 10_000, 100_000, 1_000_000);
    /** Where several senders share a rate. */
    public static final int SENDERS = 10;
    /** Subscribers of which a tenth wants each message. */
    public static final int SUBSCRIBERS = 50;
    /** DEALERs of one ROUTER. */
    public static final List<Integer> DEALERS = List.of(1, 100, 1000);
    /** Messages a second from a publisher, and from all DEALERs together. */
    public static final int PATTERN_RATE = 10_000;

    private static final List<Contender> ALL = List.of(Contender.values());
    private static final int SIZE = 64;
    private static final int SHARED_RATE = 100_000;

    private PacedScenarios() {}

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        RATES.forEach(rate -> all.add(stream("pace-" + rate, rate, 1).by(ALL)));
        all.add(stream("pace-" + SENDERS + "-senders", SHARED_RATE, SENDERS));
        all.add(fan());
        DEALERS.forEach(count -> all.add(dealers(count)));
        return all.stream().map(scenario -> scenario.lasting(Length.LONG)).toList();
    }

    private static Scenario fan() {
        return new Scenario("pace-fan-" + SUBSCRIBERS, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            return List.of(
                    sending("pace-pub", endpoint, PATTERN_RATE, SUBSCRIBERS, scale)
                            .announcing(),
                    receiving("pace-sub", endpoint, PATTERN_RATE, SUBSCRIBERS, scale));
        });
    }

    private static Scenario dealers(int full) {
        return new Scenario("pace-router-" + full, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            var count = scale.many(full);
            return List.of(
                    receiving("pace-route", endpoint, PATTERN_RATE, count, scale)
                            .announcing(),
                    sending("pace-deal", endpoint, PATTERN_RATE, count, scale));
        });
    }

    private static Role receiving(String work, String endpoint, int rate, int peers, Scale scale) {
        return Role.ends(work, endpoint, SIZE, rate, peers, scale.runUpMs(), scale.pacedMs());
    }

    private static Role sending(String work, String endpoint, int rate, int peers, Scale scale) {
        return Role.stays(work, endpoint, SIZE, rate, peers, scale.runUpMs());
    }

    private static Scenario stream(String name, int rate, int senders) {
        return new Scenario(name, (at, scale) -> {
            var endpoint = at.fresh("tcp");
            return List.of(
                    receiving("pace-recv", endpoint, rate, senders, scale).announcing(),
                    sending("pace-send", endpoint, rate, senders, scale));
        });
    }
}
