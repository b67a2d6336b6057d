package io.lingmq.contract;

import io.lingmq.testkit.Endpoints;
import java.util.List;

class TcpContractTest extends TransportContract {
    @Override
    protected String freshEndpoint() {
        return Endpoints.tcp();
    }

    @Override
    protected List<String> malformedEndpoints() {
        return List.of("tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:x", "tcp://127.0.0.1:65536", "tcp://[::1:5");
    }

    @Override
    protected List<String> wildcards() {
        return List.of("tcp://127.0.0.1:*", "tcp://127.0.0.1:0");
    }
}
