package io.lingmq.cli.demo;

/** A client that starts before its server. */
final class RequestReply implements Scene {
    @Override
    public String title() {
        return "Request and reply, the client first";
    }

    @Override
    public void play(SceneRun run) throws InterruptedException {
        var place = run.tcp(5559);
        try (var client = run.context().req();
                var server = run.context().rep()) {
            client.connect(place.connect());
            client.send("Hello From Client:1");
            run.says(
                    "client",
                    "connects to " + place.connect() + ", where nobody listens yet, and sends"
                            + " \"Hello From Client:1\"");
            server.bind(place.bind());
            var request = run.expect(server, "the server", "Hello From Client:1");
            run.says("server", "binds " + place.bind() + " and receives the request that was waiting");
            server.send("From Server1:" + request.text());
            run.expect(client, "the client", "From Server1:Hello From Client:1");
            run.says("client", "receives \"From Server1:Hello From Client:1\"");
        }
    }
}
