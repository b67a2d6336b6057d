package io.lingmq.bench.run;

import java.util.ArrayList;
import java.util.List;

/**
 * One library's turn at one scenario.
 *
 * @param scenario what is measured
 * @param contender who is measured
 * @param run the how manieth time, from 1
 */
public record Turn(Scenario scenario, Contender contender, int run) {
    /**
     * All turns in their order: within a scenario the libraries take turns, A B C A B C, so that what the machine does
     * beside in one minute and not in the next falls on all of them. Who cannot do a scenario has no turn there, and
     * one that this JDK cannot do has none at all.
     */
    public static List<Turn> interleaved(List<Scenario> scenarios, List<Contender> contenders, int runs) {
        var turns = new ArrayList<Turn>();
        for (var scenario : scenarios) {
            if (!scenario.isPossible()) {
                continue;
            }
            for (var run = 1; run <= scenario.runs(runs); run++) {
                for (var contender : contenders) {
                    if (scenario.contenders().contains(contender)) {
                        turns.add(new Turn(scenario, contender, run));
                    }
                }
            }
        }
        return turns;
    }

    @Override
    public String toString() {
        return scenario.name() + " " + contender.key() + " " + run;
    }
}
