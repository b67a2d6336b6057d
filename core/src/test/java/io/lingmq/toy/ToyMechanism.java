package io.lingmq.toy;

import io.lingmq.mechanism.Handshake;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.MechanismProvider;
import io.lingmq.mechanism.Step;
import io.lingmq.option.Settings;
import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A mechanism as another module would bring it: it uses what is public, and no class of the library names it. Both
 * sides must know the same three octets, and tell them in clear text with their metadata.
 */
public final class ToyMechanism implements MechanismProvider {
    private static final int OCTETS = 3;

    /** As the service loader wants it. */
    public ToyMechanism() {}

    @Override
    public String name() {
        return "TOY";
    }

    @Override
    public @Nullable Mechanism configure(Settings settings) {
        var octets = settings.get(ToyOptions.OCTETS);
        return octets.length == OCTETS ? new Configured(octets) : null;
    }

    private record Configured(byte[] octets) implements Mechanism {
        @Override
        public String name() {
            return "TOY";
        }

        @Override
        public boolean asServer() {
            return false;
        }

        @Override
        public Handshake begin(HandshakeContext context) {
            return new Knocking(octets, context);
        }
    }

    private static final class Knocking implements Handshake {
        private final byte[] octets;
        private final HandshakeContext context;
        private Metadata peer = Metadata.none();

        Knocking(byte[] octets, HandshakeContext context) {
            this.octets = octets;
            this.context = context;
        }

        @Override
        public Step start(Consumer<byte[]> out) {
            out.accept(Command.frame(
                    "KNOCK", context.own().with("X-octets", octets).encode()));
            return Step.MORE;
        }

        @Override
        public Step receive(Command command, Consumer<byte[]> out) throws ProtocolException {
            if (!command.name().equals("KNOCK")) {
                throw new ProtocolException("the peer did not knock");
            }
            peer = Metadata.parse(command.data().duplicate());
            if (!Arrays.equals(peer.value("X-octets"), octets)) {
                throw new ProtocolException("the peer knows other octets", Command.errorFrame("other octets"));
            }
            return Step.DONE;
        }

        @Override
        public Metadata peer() {
            return peer;
        }
    }
}
