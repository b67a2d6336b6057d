package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.Loop;
import io.lingmq.PubSocket;
import io.lingmq.RepSocket;
import io.lingmq.message.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Publishes what programs without ZeroMQ write to a plain TCP port of this machine, {@code nc localhost 5570} say, and
 * a tick every second. Who asks how it goes is told, and {@code stop} stops it: sockets, channels and timers in one
 * loop, so that the counter needs no lock. Arguments: endpoint to publish at, plain port, endpoint for questions.
 */
public final class LoopGateway {
    private final Loop loop;
    private final PubSocket publisher;
    private final RepSocket questions;
    private final ByteBuffer buffer = ByteBuffer.allocate(1024);
    private int published;

    private LoopGateway(Loop loop, PubSocket publisher, RepSocket questions) {
        this.loop = loop;
        this.publisher = publisher;
        this.questions = questions;
    }

    /** Runs the gateway until it is told to stop. */
    public static void main(String... args) throws InterruptedException, IOException {
        try (var context = Context.open();
                var publisher = context.pub();
                var questions = context.rep();
                var plain = ServerSocketChannel.open();
                var loop = context.loop()) {
            publisher.bind(Arguments.text(args, 0, "tcp://*:5568"));
            var port = Integer.parseInt(Arguments.text(args, 1, "5570"));
            plain.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            plain.configureBlocking(false);
            questions.bind(Arguments.text(args, 2, "tcp://*:5569"));
            var gateway = new LoopGateway(loop, publisher, questions);
            loop.onReadable(plain, () -> gateway.accept(plain));
            loop.onReceive(questions, gateway::answer);
            loop.every(Duration.ofSeconds(1), () -> publisher.send("tick", ""));
            loop.run();
        }
    }

    private void accept(ServerSocketChannel plain) throws IOException {
        var client = plain.accept();
        if (client != null) {
            client.configureBlocking(false);
            loop.onReadable(client, () -> publish(client));
        }
    }

    private void publish(SocketChannel client) throws IOException, InterruptedException {
        buffer.clear();
        if (read(client) < 0) {
            client.close(); // which ends its registration too
            return;
        }
        published++;
        publisher.send("text", StandardCharsets.UTF_8.decode(buffer.flip()).toString());
    }

    /** A client whose connection is lost has ended like any other. */
    private int read(SocketChannel client) {
        try {
            return client.read(buffer);
        } catch (IOException e) {
            return -1;
        }
    }

    private void answer(Message question) throws InterruptedException {
        questions.send("published: " + published);
        if (question.text().equals("stop")) {
            loop.stop();
        }
    }
}
