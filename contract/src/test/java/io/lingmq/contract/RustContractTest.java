package io.lingmq.contract;

import io.lingmq.testkit.Endpoints;
import java.util.List;

class RustContractTest extends TransportContract {
    @Override
    protected String freshEndpoint() {
        return "rust://" + Endpoints.freePort();
    }

    @Override
    protected List<String> malformedEndpoints() {
        return List.of("rust://x", "rust://", "rust://0", "rust://65536");
    }

    @Override
    protected List<String> wildcards() {
        return List.of("rust://*");
    }
}
