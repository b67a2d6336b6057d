package io.lingmq.mechanism;

import io.lingmq.option.Options;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of PLAIN: hears who the peer is, asks whether it may connect, and tells it.
 *
 * <pre>
 *   HELLO --HELLO--> ASKING --accepted: WELCOME--> INITIATE --INITIATE: READY--> done
 *                           --refused: ERROR-----> the end
 * </pre>
 *
 * <p>Any other command ends the handshake.
 *
 * <p>Source: RFC 24/ZMTP-PLAIN.
 */
final class PlainServer implements Mechanism {
    @Override
    public String name() {
        return PlainProvider.NAME;
    }

    @Override
    public boolean asServer() {
        return true;
    }

    @Override
    public Handshake begin(HandshakeContext context) {
        return new Serving(context);
    }

    private enum State {
        HELLO,
        ASKING,
        INITIATE,
        DONE
    }

    private static final class Serving implements Handshake {
        private final HandshakeContext context;
        private State state = State.HELLO;
        private Metadata peer = Metadata.none();
        private @Nullable ZapReply verdict;

        Serving(HandshakeContext context) {
            this.context = context;
        }

        @Override
        public Step start(Consumer<byte[]> out) {
            return Step.MORE;
        }

        @Override
        public Step receive(Command command, Consumer<byte[]> out) throws ProtocolException {
            if (state == State.HELLO && command.name().equals(Command.HELLO)) {
                return hello(command.data().duplicate());
            }
            if (state == State.INITIATE && command.name().equals(Command.INITIATE)) {
                peer = Metadata.parse(command.data().duplicate());
                state = State.DONE;
                out.accept(Command.frame(Command.READY, context.own().encode()));
                return Step.DONE;
            }
            if (command.name().equals(Command.ERROR)) {
                throw Verdicts.refusal(command);
            }
            throw new ProtocolException("the peer sent a command other than " + state + " to a PLAIN server");
        }

        private Step hello(ByteBuffer data) throws ProtocolException {
            var user = take(data, "user name");
            var password = take(data, "password");
            if (data.hasRemaining()) {
                throw new ProtocolException("a HELLO goes on behind the password, where it must end");
            }
            state = State.ASKING;
            var domain = context.settings().get(Options.ZAP_DOMAIN);
            context.admission()
                    .ask(new ZapRequest(
                            domain,
                            context.peerAddress(),
                            context.routingId(),
                            PlainProvider.NAME,
                            List.of(user, password)));
            return Step.PENDING;
        }

        private static byte[] take(ByteBuffer data, String what) throws ProtocolException {
            if (!data.hasRemaining()) {
                throw new ProtocolException("a HELLO ends before the length of its " + what);
            }
            var length = data.get() & 0xFF;
            if (length > data.remaining()) {
                throw new ProtocolException("a HELLO claims a " + what + " of " + length + " octets where "
                        + data.remaining() + " are left");
            }
            var octets = new byte[length];
            data.get(octets);
            return octets;
        }

        @Override
        public Step resume(ZapReply reply, Consumer<byte[]> out) throws ProtocolException {
            Verdicts.check(reply);
            verdict = reply;
            state = State.INITIATE;
            out.accept(Command.frame(Command.WELCOME, new byte[0]));
            return Step.MORE;
        }

        @Override
        public Metadata peer() {
            return Verdicts.known(peer, verdict);
        }
    }
}
