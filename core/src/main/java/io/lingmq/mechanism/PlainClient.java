package io.lingmq.mechanism;

import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The client's side of PLAIN: tells user name and password, in clear text.
 *
 * <pre>
 *   (HELLO) WELCOME --WELCOME: INITIATE--> READY --READY--> done
 *           any --ERROR or any other command--> the end
 * </pre>
 *
 * <p>Source: RFC 24/ZMTP-PLAIN.
 */
final class PlainClient implements Mechanism {
    private final byte[] hello;

    /** User name and password have at most 255 octets each. */
    PlainClient(String user, String password) {
        var data = new ByteArrayOutputStream();
        put(data, user);
        put(data, password);
        hello = Command.frame(Command.HELLO, data.toByteArray());
    }

    private static void put(ByteArrayOutputStream data, String text) {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        data.write(octets.length);
        data.writeBytes(octets);
    }

    @Override
    public String name() {
        return PlainProvider.NAME;
    }

    @Override
    public boolean asServer() {
        return false;
    }

    @Override
    public Handshake begin(HandshakeContext context) {
        return new Asking(context);
    }

    private enum State {
        WELCOME,
        READY,
        DONE
    }

    private final class Asking implements Handshake {
        private final HandshakeContext context;
        private State state = State.WELCOME;
        private Metadata peer = Metadata.none();

        Asking(HandshakeContext context) {
            this.context = context;
        }

        @Override
        public Step start(Consumer<byte[]> out) {
            out.accept(hello.clone());
            return Step.MORE;
        }

        @Override
        public Step receive(Command command, Consumer<byte[]> out) throws ProtocolException {
            if (state == State.WELCOME && command.name().equals(Command.WELCOME)) {
                if (command.data().hasRemaining()) {
                    throw new ProtocolException("a WELCOME carries data, where it must be empty");
                }
                state = State.READY;
                out.accept(Command.frame(Command.INITIATE, context.own().encode()));
                return Step.MORE;
            }
            if (state == State.READY && command.name().equals(Command.READY)) {
                peer = Metadata.parse(command.data().duplicate());
                state = State.DONE;
                return Step.DONE;
            }
            if (command.name().equals(Command.ERROR)) {
                throw Verdicts.refusal(command);
            }
            if (command.name().equals(Command.HELLO)) {
                throw new ProtocolException(
                        "both sides are clients of PLAIN; one side must be the server",
                        Command.errorFrame("two clients"));
            }
            throw new ProtocolException("the peer sent a command other than " + state + " to a PLAIN client");
        }

        @Override
        public Metadata peer() {
            return Verdicts.known(peer, null);
        }
    }
}
