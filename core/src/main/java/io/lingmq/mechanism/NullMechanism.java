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
    private final Metadata own;

    /** The mechanism of a socket that tells the given metadata. */
    public NullMechanism(Metadata own) {
        this.own = own;
    }

    @Override
    public String name() {
        return "NULL";
    }

    @Override
    public boolean asServer() {
        return false;
    }

    @Override
    public Handshake begin() {
        return new Exchange();
    }

    private final class Exchange implements Handshake {
        private Metadata peer = Metadata.none();

        @Override
        public void start(Consumer<byte[]> out) {
            out.accept(Command.frame(Command.READY, own.encode()));
        }

        @Override
        public boolean receive(Command command, Consumer<byte[]> out) throws ProtocolException {
            switch (command.name()) {
                case Command.READY -> peer = Metadata.parse(command.data().duplicate());
                case Command.ERROR ->
                    throw new ProtocolException("the peer refused the handshake: " + Command.errorReason(command));
                default ->
                    throw new ProtocolException(
                            "the peer sent a command other than READY or ERROR in a NULL handshake");
            }
            return true;
        }

        @Override
        public Metadata peer() {
            return peer;
        }
    }
}
