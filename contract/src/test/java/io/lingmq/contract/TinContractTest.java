package io.lingmq.contract;

import io.lingmq.testkit.Endpoints;
import java.util.List;

class TinContractTest extends TransportContract {
    @Override
    protected String freshEndpoint() {
        return "tin://" + Endpoints.freePort();
    }

    @Override
    protected List<String> malformedEndpoints() {
        return List.of("tin://x", "tin://", "tin://0", "tin://65536");
    }

    @Override
    protected List<String> wildcards() {
        return List.of("tin://*");
    }
}
