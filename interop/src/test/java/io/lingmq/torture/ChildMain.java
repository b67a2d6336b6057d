package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.error.UnroutableException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/**
 * One socket in a process of its own, to be stopped, continued and killed. Arguments: its type, an endpoint to bind and
 * its high-water marks. It sends or receives parcels until it ends, and prints the number of each, once that is done.
 */
public final class ChildMain {
    private static final String NAME = "peer";

    private ChildMain() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        var type = SocketType.valueOf(arguments[0]);
        var mark = Integer.parseInt(arguments[2]);
        try (var context = Context.builder()
                        .socketDefault(Options.SEND_HWM, mark)
                        .socketDefault(Options.RECEIVE_HWM, mark)
                        .socketDefault(Options.SEND_BUFFER, CutBound.BUFFER)
                        .socketDefault(Options.RECEIVE_BUFFER, CutBound.BUFFER)
                        .open();
                var socket = context.socket(type)) {
            setUp(socket);
            socket.bind(arguments[1]);
            System.out.println("ready");
            if (receives(type)) {
                receive(socket);
            } else {
                send(socket);
            }
        }
    }

    /** A DEALER, SUB or PULL is here to receive, a ROUTER, PUB or PUSH to send. */
    static boolean receives(SocketType type) {
        return type == SocketType.PULL || type == SocketType.SUB || type == SocketType.DEALER;
    }

    /** The frames before the parcel: a name at a ROUTER's, a topic at a publisher's. */
    static Message envelope(SocketType sender, Message parcel) {
        return sender == SocketType.PUSH ? parcel : parcel.withFirst(NAME.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the parcel begins in what this type receives. */
    static int parcelAt(SocketType receiver) {
        return receiver == SocketType.SUB ? 1 : 0;
    }

    static void setUp(AnySocket socket) {
        if (socket.type() == SocketType.DEALER) {
            socket.set(Options.ROUTING_ID, NAME.getBytes(StandardCharsets.UTF_8));
        } else if (socket.type() == SocketType.ROUTER) {
            socket.set(Options.ROUTER_MANDATORY, true);
        } else if (socket.type() == SocketType.SUB) {
            socket.subscribe("");
        }
    }

    private static void receive(AnySocket socket) throws InterruptedException {
        var at = parcelAt(socket.type());
        while (true) {
            System.out.println(Parcel.unpack(socket.receive(), at).number());
        }
    }

    private static void send(AnySocket socket) throws InterruptedException {
        var random = new Random(1);
        for (var number = 0; true; number++) {
            var message = new Parcel(0, number).pack(random, CutBound.LEAST, 2 * CutBound.LEAST);
            try {
                while (!socket.send(envelope(socket.type(), message), Duration.ofSeconds(1))) {
                    Thread.onSpinWait();
                }
                System.out.println(number);
            } catch (UnroutableException e) {
                number--;
                Pauses.ms(5);
            }
        }
    }
}
