package io.lingmq.contract;

import io.lingmq.testkit.Endpoints;

class TinSocketTypesTest extends SocketTypeContract {
    @Override
    protected String freshEndpoint() {
        return "tin://" + Endpoints.freePort();
    }
}
