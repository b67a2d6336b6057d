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
    public void play(SceneRun run) throws InterruptedException {
        var tcp = run.tcp(5556);
        var ipc = run.ipc("req.ipc");
        try (var server = run.context().rep()) {
            server.bind(tcp.bind());
            server.bind(ipc.bind());
            run.says("server", "binds one REP to " + tcp.bind() + " and " + ipc.bind());
            run.start("server", () -> serve(server));
            ask(run, tcp.connect(), "Hello From Client1:tcp");
            ask(run, ipc.connect(), "Hello From Client2:ipc");
        }
    }

    private static void serve(RepSocket server) throws InterruptedException {
        while (true) {
            server.send("Hello from server1:" + server.receive().text());
        }
    }

    private static void ask(SceneRun run, String endpoint, String request) throws InterruptedException {
        try (var client = run.context().req()) {
            client.connect(endpoint);
            var sent = client.send(Message.of(request), SceneRun.PATIENCE);
            run.check(sent, "the request could not be sent to " + endpoint);
            run.expect(client, "the client", "Hello from server1:" + request);
            run.says("client", "over " + endpoint + ": \"Hello from server1:" + request + "\"");
        }
    }
}
