package io.lingmq.contract.knock;

import io.lingmq.mechanism.Seal;
import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Mixes each frame with the secret and with its number.
 *
 * <pre>
 *   FLAGS(1)  SUM(4)  BODY    in a frame of its own; the sum is that of number and clear body
 * </pre>
 *
 * <p>Threading: one thread seals, one opens; each has a counter of its own.
 */
final class KnockSeal implements Seal {
    private static final int OVERHEAD = 5;

    private final byte[] secret;
    private int sealed;
    private int opened;

    KnockSeal(ByteBuffer secret) {
        this.secret = new byte[secret.remaining()];
        secret.get(this.secret);
    }

    @Override
    public byte[] seal(int flags, byte[] body) {
        var number = sealed++;
        var out = ByteBuffer.allocate(OVERHEAD + body.length).put((byte) flags).putInt(sum(number, flags, body));
        return Frame.of(0, out.put(mixed(number, body)).array());
    }

    @Override
    public byte[] open(byte[] body, int length) throws ProtocolException {
        if (length < OVERHEAD) {
            throw new ProtocolException("a sealed frame of " + length + " octets, less than " + OVERHEAD);
        }
        var in = ByteBuffer.wrap(body, 0, length);
        var number = opened++;
        var flags = in.get() & (Frame.MORE | Frame.COMMAND);
        var expected = in.getInt();
        var clear = new byte[in.remaining()];
        in.get(clear);
        clear = mixed(number, clear);
        if (sum(number, flags, clear) != expected) {
            throw new ProtocolException("frame " + number + " was not sealed by the peer");
        }
        return Frame.of(flags, clear);
    }

    private byte[] mixed(int number, byte[] body) {
        var mixed = body.clone();
        for (var i = 0; i < mixed.length; i++) {
            mixed[i] ^= (byte) (secret[i % secret.length] + number + i);
        }
        return mixed;
    }

    private static int sum(int number, int flags, byte[] clear) {
        var sum = new CRC32();
        sum.update(number);
        sum.update(flags);
        sum.update(clear);
        return (int) sum.getValue();
    }

    @Override
    public int overhead() {
        return OVERHEAD;
    }
}
