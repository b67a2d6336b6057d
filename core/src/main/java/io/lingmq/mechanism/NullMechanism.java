package io.lingmq.mechanism;

import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.util.function.Consumer;

/**
 * NULL: no security. Each side sends READY with its metadata at once, without waiting for the other.
 *
 * <p>Source: RFC 37/ZMTP, "The NULL Security Mechanism".
 */
public final class NullMechanism implements Mechanism {
    @Override
    public String name() {
        return "NULL";
    }

    @Override
    public boolean asServer() {
        return false;
    }

    @Override
    public boolean admitsOldPeers() {
        return true;
    }

    @Override
    public Handshake begin(HandshakeContext context) {
        return new Exchange(context);
    }

    private static final class Exchange implements Handshake {
        private final HandshakeContext context;
        private Metadata peer = Metadata.none();

        Exchange(HandshakeContext context) {
            this.context = context;
        }

        @Override
        public Step start(Consumer<byte[]> out) {
            out.accept(Command.frame(Command.READY, context.own().encode()));
            return Step.MORE;
        }

        @Override
        public Step receive(Command command, Consumer<byte[]> out) throws ProtocolException {
            switch (command.name()) {
                case Command.READY -> peer = Metadata.parse(command.data().duplicate());
                case Command.ERROR ->
                    throw new ProtocolException("the peer refused the handshake: " + Command.errorReason(command));
                default ->
                    throw new ProtocolException(
                            "the peer sent a command other than READY or ERROR in a NULL handshake");
            }
            return Step.DONE;
        }

        @Override
        public Metadata peer() {
            return peer;
        }
    }
}
