package io.lingmq.contract.morse;

import io.lingmq.engine.Opening;
import io.lingmq.engine.PeerInfo;
import io.lingmq.engine.Traffic;
import io.lingmq.option.SocketType;
import io.lingmq.security.ZapReply;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Each side says its socket type. Threading: confined to its connection. */
final class MorseOpening implements Opening {
    private static final String BEGIN = "MORSE ";
    private static final int LONGEST_LINE = 32;
    private static final byte[] NOTHING = new byte[0];

    private final SocketType own;
    private final StringBuilder line = new StringBuilder();
    private byte[] output;
    private SocketType peer;

    MorseOpening(SocketType own) {
        this.own = own;
        output = (BEGIN + own + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean receive(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            var octet = (char) (in.get() & 0xFF);
            if (octet == '\n') {
                peer = typeIn(line.toString());
                return true;
            }
            line.append(octet);
            if (line.length() > LONGEST_LINE) {
                throw new ProtocolException("a first line of more than " + LONGEST_LINE + " octets");
            }
        }
        return false;
    }

    private SocketType typeIn(String text) throws ProtocolException {
        var type = text.startsWith(BEGIN) ? SocketType.named(text.substring(BEGIN.length())) : null;
        if (type == null || type.isEmpty() || !own.accepts(type.get())) {
            throw new ProtocolException("a first line that is no peer of " + own);
        }
        return type.get();
    }

    @Override
    public boolean isPending() {
        return false;
    }

    @Override
    public boolean resume(ZapReply verdict) {
        throw new IllegalStateException("nobody was asked");
    }

    @Override
    public byte[] takeOutput() {
        var taken = output;
        output = NOTHING;
        return taken;
    }

    @Override
    public PeerInfo peer() {
        return new PeerInfo(peer, NOTHING, Dialect.NONE, Metadata.none());
    }

    @Override
    public Traffic traffic() {
        return MorseProtocol.INSTANCE;
    }
}
