package io.lingmq.contract;

import io.lingmq.testkit.Endpoints;

class RustSocketTypesTest extends SocketTypeContract {
    @Override
    protected String freshEndpoint() {
        return "rust://" + Endpoints.freePort();
    }
}
