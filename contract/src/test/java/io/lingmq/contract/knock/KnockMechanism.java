package io.lingmq.contract.knock;

import io.lingmq.mechanism.Handshake;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.Seal;
import io.lingmq.mechanism.Step;
import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Both sides show that they know the same secret, and seal all frames after that. It is here to show where such things
 * go, and protects nothing: a checksum is no proof.
 *
 * @param secret what both know
 */
record KnockMechanism(String secret) implements Mechanism {
    private static final String KNOCK = "KNOCK";
    private static final String PROOF = "X-Knock";

    @Override
    public String name() {
        return KNOCK;
    }

    @Override
    public boolean asServer() {
        return false;
    }

    @Override
    public Handshake begin(HandshakeContext context) {
        return new Knocking(secret.getBytes(StandardCharsets.UTF_8), context);
    }

    private static final class Knocking implements Handshake {
        private final byte[] secret;
        private final HandshakeContext context;
        private final String proof;
        private Metadata peer = Metadata.none();

        Knocking(byte[] secret, HandshakeContext context) {
            this.secret = secret;
            this.context = context;
            var sum = new CRC32();
            sum.update(secret);
            proof = Long.toHexString(sum.getValue());
        }

        @Override
        public Step start(Consumer<byte[]> out) {
            var told = context.own().with(PROOF, proof);
            out.accept(Command.frame(KNOCK, told.encode()));
            return Step.MORE;
        }

        @Override
        public Step receive(Command command, Consumer<byte[]> out) throws ProtocolException {
            if (!command.name().equals(KNOCK)) {
                throw new ProtocolException("command " + command.name() + " instead of KNOCK");
            }
            peer = Metadata.parse(command.data().duplicate());
            if (!proof.equals(peer.text(PROOF))) {
                throw new ProtocolException("the peer knows another secret", Command.errorFrame("another secret"));
            }
            return Step.DONE;
        }

        @Override
        public Metadata peer() {
            return peer;
        }

        @Override
        public Seal seal() {
            return new KnockSeal(ByteBuffer.wrap(secret));
        }
    }
}
