package io.lingmq.cli.demo;

import io.lingmq.RepSocket;
import io.lingmq.message.Message;

/** One server at two endpoints of different transports. */
final class TcpAndIpc implements Scene {
    @Override
    public String title() {
        return "One server on tcp and ipc at once";
    }

    @Override
    public void play(Stage stage) throws InterruptedException {
        var tcp = stage.tcp(5556);
        var ipc = stage.ipc("req.ipc");
        try (var server = stage.context().rep()) {
            server.bind(tcp.bind());
            server.bind(ipc.bind());
            stage.says("server", "binds one REP to " + tcp.bind() + " and " + ipc.bind());
            stage.start("server", () -> serve(server));
            ask(stage, tcp.connect(), "Hello From Client1:tcp");
            ask(stage, ipc.connect(), "Hello From Client2:ipc");
        }
    }

    private static void serve(RepSocket server) throws InterruptedException {
        while (true) {
            server.send("Hello from server1:" + server.receive().text());
        }
    }

    private static void ask(Stage stage, String endpoint, String request) throws InterruptedException {
        try (var client = stage.context().req()) {
            client.connect(endpoint);
            var sent = client.send(Message.of(request), Stage.PATIENCE);
            stage.check(sent, "the request could not be sent to " + endpoint);
            stage.expect(client, "the client", "Hello from server1:" + request);
            stage.says("client", "over " + endpoint + ": \"Hello from server1:" + request + "\"");
        }
    }
}
