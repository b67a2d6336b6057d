package io.lingmq.cli.demo;

/** Two sockets of one context, without any network. */
final class Inproc implements Scene {
    private static final String ENDPOINT = "inproc://reply";

    @Override
    public String title() {
        return "Within the process";
    }

    @Override
    public void play(SceneRun run) throws InterruptedException {
        try (var client = run.context().req();
                var server = run.context().rep()) {
            client.connect(ENDPOINT);
            server.bind(ENDPOINT);
            client.send("Hello From Client1:1");
            var request = run.expect(server, "the server", "Hello From Client1:1");
            run.says("server", "bound to " + ENDPOINT + ", receives \"" + request.text() + "\"");
            server.send("From Server1:" + request.text());
            run.expect(client, "the client", "From Server1:Hello From Client1:1");
            run.says("client", "receives \"From Server1:" + request.text() + "\"");
        }
    }
}
