package io.lingmq.contract;

import io.lingmq.testkit.Endpoints;
import java.util.List;

class MorseContractTest extends TransportContract {
    @Override
    protected String freshEndpoint() {
        return "morse://" + Endpoints.freePort();
    }

    @Override
    protected List<String> malformedEndpoints() {
        return List.of("morse://x");
    }

    @Override
    protected List<String> wildcards() {
        return List.of("morse://*");
    }
}
