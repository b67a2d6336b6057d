package io.lingmq.torture;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a run is asked for.
 *
 * @param time how long to begin new turns
 * @param seed what decides the rest
 * @param turns so many at most
 * @param scenarios among which to choose
 * @param troubles what disturbs them
 */
record TortureArguments(Duration time, long seed, int turns, List<Scenario> scenarios, Set<Trouble> troubles) {
    static TortureArguments parse(String[] words) {
        var time = Duration.ofMinutes(3);
        var seed = System.nanoTime() & 0xFFFF_FFFFL;
        var turns = Integer.MAX_VALUE;
        var scenarios = Scenarios.all();
        Set<Trouble> troubles = EnumSet.allOf(Trouble.class);
        for (var i = 0; i < words.length; i += 2) {
            if (i + 1 == words.length) {
                throw new IllegalArgumentException(words[i] + " wants a value");
            }
            var value = words[i + 1];
            switch (words[i]) {
                case "--seconds" -> time = Duration.ofSeconds(number(words[i], value));
                case "--seed" -> seed = number(words[i], value);
                case "--turns" -> turns = Math.toIntExact(number(words[i], value));
                case "--scenario" -> scenarios = List.of(named(value));
                case "--without" -> troubles = Trouble.allWithout(value);
                default -> throw new IllegalArgumentException("no such option: " + words[i]);
            }
        }
        return new TortureArguments(time, seed, turns, scenarios, troubles);
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " wants a number, not '" + value + "'");
        }
    }

    private static Scenario named(String name) {
        var all = Scenarios.all();
        return all.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such scenario: " + name + "; there are "
                        + String.join(", ", all.stream().map(Scenario::name).toList())));
    }
}
