package io.lingmq.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * ZMTP 3 spelt out in octets: what a well-behaved peer sends, and the pieces to build from it what a bad one sends.
 *
 * <p>Independent of the library under test on purpose.
 *
 * <p>Source: RFC 37/ZMTP.
 */
public final class Zmtp {
    /** Flag: another frame of the same message follows. */
    public static final int MORE = 1;
    /** Flag: the size has eight octets. */
    public static final int LONG = 2;
    /** Flag: the body is a command. */
    public static final int COMMAND = 4;
    /** Octets of a greeting. */
    public static final int GREETING_SIZE = 64;

    private static final int LONGEST_SHORT = 255;
    private static final int MECHANISM_AT = 12;

    private Zmtp() {}

    /** The greeting of a ZMTP 3.1 peer that wants no security. */
    public static byte[] greeting() {
        return greeting(3, 1, "NULL");
    }

    /** A greeting of any version and mechanism. */
    public static byte[] greeting(int major, int minor, String mechanism) {
        var octets = new byte[GREETING_SIZE];
        octets[0] = (byte) 0xFF;
        octets[8] = 1;
        octets[9] = 0x7F;
        octets[10] = (byte) major;
        octets[11] = (byte) minor;
        var name = mechanism.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(name, 0, octets, MECHANISM_AT, name.length);
        return octets;
    }

    /**
     * From 1 to {@code most} random octets that no peer of any version would begin with.
     *
     * <p>A peer of ZMTP 1.0 without a version begins with a frame: a size, and flags. Of random octets one in some
     * hundreds is such a frame, and what follows may be messages. So the flags have one that no version knows.
     */
    public static byte[] noise(Random random, int most) {
        var octets = new byte[random.nextInt(most) + 1];
        random.nextBytes(octets);
        if (octets.length > 1) {
            octets[1] |= 2;
        }
        return octets;
    }

    /** A READY command frame of a socket type; with an empty routing id where that type tells one. */
    public static byte[] ready(String socketType) {
        var type = property("Socket-Type", socketType);
        var tellsId = Arrays.asList("REQ", "DEALER", "ROUTER").contains(socketType);
        return command("READY", tellsId ? Hex.join(type, property("Identity", "")) : type);
    }

    /** A READY command frame with a routing id. */
    public static byte[] ready(String socketType, String routingId) {
        return command("READY", Hex.join(property("Socket-Type", socketType), property("Identity", routingId)));
    }

    /** One property of a READY command. */
    public static byte[] property(String name, String value) {
        var key = ascii(name);
        var content = ascii(value);
        return Hex.join(new byte[] {(byte) key.length}, key, big(Integer.BYTES, content.length), content);
    }

    /** A command frame. */
    public static byte[] command(String name, byte[] data) {
        return frame(COMMAND, commandBody(name, data));
    }

    /** The body of a command frame. */
    public static byte[] commandBody(String name, byte[] data) {
        var key = ascii(name);
        return Hex.join(new byte[] {(byte) key.length}, key, data);
    }

    /** The ERROR command frame. */
    public static byte[] error(String reason) {
        var text = ascii(reason);
        return command("ERROR", Hex.join(new byte[] {(byte) text.length}, text));
    }

    /** The SUBSCRIBE command frame of ZMTP 3.1. */
    public static byte[] subscribe(String topic) {
        return command("SUBSCRIBE", ascii(topic));
    }

    /** The CANCEL command frame of ZMTP 3.1. */
    public static byte[] cancel(String topic) {
        return command("CANCEL", ascii(topic));
    }

    /** A PING command frame; the time to live counts tenths of a second. */
    public static byte[] ping(int ttlDeciseconds, String context) {
        return command("PING", Hex.join(big(Short.BYTES, ttlDeciseconds), ascii(context)));
    }

    /** A PONG command frame. */
    public static byte[] pong(String context) {
        return command("PONG", ascii(context));
    }

    /** A message of one frame for each text. */
    public static byte[] message(String... frames) {
        var all = new byte[0];
        for (var i = 0; i < frames.length; i++) {
            all = Hex.join(all, frame(i < frames.length - 1 ? MORE : 0, ascii(frames[i])));
        }
        return all;
    }

    /** A frame in the form that its size asks for. */
    public static byte[] frame(int flags, byte[] body) {
        return body.length > LONGEST_SHORT
                ? longFrame(flags, body.length, body)
                : Hex.join(new byte[] {(byte) flags, (byte) body.length}, body);
    }

    /** A frame in the long form that announces a size of its own, whatever then follows. */
    public static byte[] longFrame(int flags, long announcedSize, byte[] body) {
        return Hex.join(new byte[] {(byte) (flags | LONG)}, big(Long.BYTES, announcedSize), body);
    }

    /** A text as octets, one for each character. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] big(int octets, long number) {
        var all = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        return Arrays.copyOfRange(all, Long.BYTES - octets, Long.BYTES);
    }
}
