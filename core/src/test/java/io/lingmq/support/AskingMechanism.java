package io.lingmq.support;

import io.lingmq.mechanism.Handshake;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.Step;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.util.List;
import java.util.function.Consumer;

/** As NULL, but it asks for a verdict before it says READY, or before it takes the peer's as well. */
public final class AskingMechanism implements Mechanism {
    private final boolean twice;

    /** Asks once, or twice. */
    public AskingMechanism(boolean twice) {
        this.twice = twice;
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
    public Handshake begin(HandshakeContext context) {
        return new Conversation(context);
    }

    private final class Conversation implements Handshake {
        private final HandshakeContext context;
        private Metadata peer = Metadata.none();
        private boolean ready;

        Conversation(HandshakeContext context) {
            this.context = context;
        }

        private Step ask(String domain) {
            context.admission()
                    .ask(new ZapRequest(domain, context.peerAddress(), context.routingId(), "NULL", List.of()));
            return Step.PENDING;
        }

        @Override
        public Step start(Consumer<byte[]> out) {
            return ask("first");
        }

        @Override
        public Step receive(Command command, Consumer<byte[]> out) throws ProtocolException {
            peer = Metadata.parse(command.data().duplicate());
            return twice ? ask("second") : Step.DONE;
        }

        @Override
        public Step resume(ZapReply verdict, Consumer<byte[]> out) throws ProtocolException {
            switch (verdict.status()) {
                case ACCEPTED -> {}
                case TEMPORARY_FAILURE -> throw new ProtocolException("not now: " + verdict.text());
                case FAILED -> throw new IllegalStateException("on purpose");
                case DENIED ->
                    throw new ProtocolException(
                            "refused: " + verdict.text(), Command.frame("ERROR", new byte[] {3, '4', '0', '0'}));
            }
            if (ready) {
                return Step.DONE;
            }
            ready = true;
            out.accept(Command.frame(Command.READY, context.own().encode()));
            return Step.MORE;
        }

        @Override
        public Metadata peer() {
            return peer;
        }
    }
}
