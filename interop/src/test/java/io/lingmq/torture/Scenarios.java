package io.lingmq.torture;

import java.util.List;

/** All scenarios there are. */
final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new PipelineScenario(),
            new ClosingScenario(),
            new RouterScenario(),
            new PublishScenario(),
            new StrangerScenario(),
            new CutScenario(),
            new ResubscribeScenario(),
            new RequestScenario(),
            new ProcessScenario(),
            new LibzmqScenario(),
            new ReceiverRestartScenario(),
            new SmallMachineScenario());

    private Scenarios() {}

    static List<Scenario> all() {
        return ALL;
    }
}
