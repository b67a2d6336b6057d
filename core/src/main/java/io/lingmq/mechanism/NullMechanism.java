package io.lingmq.mechanism;

import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * NULL: no security. Each side sends READY with its metadata at once, without waiting for the other. A side that has a
 * security domain asks first whether the peer's address may connect, and sends ERROR instead if it may not.
 *
 * <p>Source: RFC 37/ZMTP, "The NULL Security Mechanism"; RFC 27/ZAP.
 */
public final class NullMechanism implements Mechanism {
    private final String domain;

    /** Without a security domain: nobody is asked. */
    public NullMechanism() {
        this("");
    }

    /** With a security domain, unless that is empty. */
    public NullMechanism(String domain) {
        this.domain = domain;
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
    public boolean admitsOldPeers() {
        return domain.isEmpty();
    }

    @Override
    public Handshake begin(HandshakeContext context) {
        return new Exchange(context);
    }

    private final class Exchange implements Handshake {
        private final HandshakeContext context;
        private Metadata peer = Metadata.none();
        private @Nullable ZapReply verdict;

        Exchange(HandshakeContext context) {
            this.context = context;
        }

        @Override
        public Step start(Consumer<byte[]> out) {
            if (domain.isEmpty()) {
                return ready(out);
            }
            context.admission()
                    .ask(new ZapRequest(domain, context.peerAddress(), context.routingId(), "NULL", List.of()));
            return Step.PENDING;
        }

        private Step ready(Consumer<byte[]> out) {
            out.accept(Command.frame(Command.READY, context.own().encode()));
            return Step.MORE;
        }

        @Override
        public Step resume(ZapReply reply, Consumer<byte[]> out) throws ProtocolException {
            Verdicts.check(reply);
            verdict = reply;
            return ready(out);
        }

        @Override
        public Step receive(Command command, Consumer<byte[]> out) throws ProtocolException {
            switch (command.name()) {
                case Command.READY -> peer = Metadata.parse(command.data().duplicate());
                case Command.ERROR -> throw Verdicts.refusal(command);
                default ->
                    throw new ProtocolException(
                            "the peer sent a command other than READY or ERROR in a NULL handshake");
            }
            return Step.DONE;
        }

        @Override
        public Metadata peer() {
            return Verdicts.known(peer, verdict);
        }
    }
}
