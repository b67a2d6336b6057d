package io.lingmq.contract;

import io.lingmq.testkit.Endpoints;

class TcpSocketTypesTest extends SocketTypeContract {
    @Override
    protected String freshEndpoint() {
        return Endpoints.tcp();
    }
}
