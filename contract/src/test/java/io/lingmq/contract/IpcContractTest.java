package io.lingmq.contract;

import io.lingmq.testkit.Endpoints;
import java.util.List;

class IpcContractTest extends TransportContract {
    @Override
    protected String freshEndpoint() {
        return Endpoints.ipc();
    }

    @Override
    protected List<String> malformedEndpoints() {
        return List.of("ipc://");
    }

    @Override
    protected List<String> wildcards() {
        return List.of("ipc://*");
    }
}
