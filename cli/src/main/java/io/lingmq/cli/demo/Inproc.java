package io.lingmq.cli.demo;

/** Two sockets of one context, without any network. */
final class Inproc implements Scene {
    private static final String ENDPOINT = "inproc://reply";

    @Override
    public String title() {
        return "Within the process";
    }

    @Override
    public void play(Stage stage) throws InterruptedException {
        try (var client = stage.context().req();
                var server = stage.context().rep()) {
            client.connect(ENDPOINT);
            server.bind(ENDPOINT);
            client.send("Hello From Client1:1");
            var request = stage.expect(server, "the server", "Hello From Client1:1");
            stage.says("server", "bound to " + ENDPOINT + ", receives \"" + request.text() + "\"");
            server.send("From Server1:" + request.text());
            stage.expect(client, "the client", "From Server1:Hello From Client1:1");
            stage.says("client", "receives \"From Server1:" + request.text() + "\"");
        }
    }
}
