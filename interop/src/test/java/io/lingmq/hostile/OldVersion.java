package io.lingmq.hostile;

import io.lingmq.option.SocketType;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.OldZmtp;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;

/** The versions before ZMTP 3.0, as a scripted peer speaks them: independent of the library under test. */
enum OldVersion {
    /** As of libzmq 3. */
    TWO {
        @Override
        byte[] frame(int flags, byte[] body) {
            return Zmtp.frame(flags, body);
        }

        @Override
        ScriptedPeer open(ScriptedPeer peer, SocketType theirs, String theirId, SocketType ours, String ourId) {
            return openWithVersion(1, peer, theirs, theirId, ours, ourId);
        }
    },
    /** The frames of ZMTP 1.0 behind a greeting. */
    ONE {
        @Override
        byte[] frame(int flags, byte[] body) {
            return OldZmtp.frame1(flags, body);
        }

        @Override
        ScriptedPeer open(ScriptedPeer peer, SocketType theirs, String theirId, SocketType ours, String ourId) {
            return openWithVersion(0, peer, theirs, theirId, ours, ourId);
        }
    },
    /** As of libzmq 2. */
    NONE {
        @Override
        byte[] frame(int flags, byte[] body) {
            return OldZmtp.frame1(flags, body);
        }

        @Override
        ScriptedPeer open(ScriptedPeer peer, SocketType theirs, String theirId, SocketType ours, String ourId) {
            peer.expect(signature(ourId)).send(frame(0, Zmtp.ascii(theirId)));
            return peer.expect(Zmtp.ascii(ourId));
        }
    };

    abstract byte[] frame(int flags, byte[] body);

    /** Plays the opening from the first octet on, and checks each octet that is heard. */
    abstract ScriptedPeer open(ScriptedPeer peer, SocketType theirs, String theirId, SocketType ours, String ourId);

    /** As above, where neither side has a routing id. */
    ScriptedPeer open(ScriptedPeer peer, SocketType theirs, SocketType ours) {
        return open(peer, theirs, "", ours, "");
    }

    ScriptedPeer openWithVersion(
            int version, ScriptedPeer peer, SocketType theirs, String theirId, SocketType ours, String ourId) {
        peer.expect(signature(ourId)).send(OldZmtp.greeting(version, number(theirs)));
        peer.expect(new byte[] {3, (byte) number(ours)}).expect(frame(0, Zmtp.ascii(ourId)));
        return peer.send(frame(0, Zmtp.ascii(theirId)));
    }

    /** A message of one frame for each body. */
    byte[] message(byte[]... frames) {
        var all = new byte[0];
        for (var i = 0; i < frames.length; i++) {
            all = Hex.join(all, frame(i < frames.length - 1 ? Zmtp.MORE : 0, frames[i]));
        }
        return all;
    }

    /** A message of one frame for each text. */
    byte[] message(String... frames) {
        var bodies = new byte[frames.length][];
        for (var i = 0; i < frames.length; i++) {
            bodies[i] = Zmtp.ascii(frames[i]);
        }
        return message(bodies);
    }

    private static byte[] signature(String routingId) {
        return Hex.join(Hex.bytes("FF 00 00 00 00 00 00 00"), new byte[] {(byte) (routingId.length() + 1), 0x7F});
    }

    private static int number(SocketType type) {
        return switch (type) {
            case XPUB -> 1;
            case XSUB -> 2;
            default -> type.libzmqNumber();
        };
    }
}
