package io.lingmq.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties that a peer tells in its READY command. Names are compared without regard to case.
 *
 * <pre>
 *   property = NAME-LENGTH(1)  NAME  VALUE-LENGTH(4, big-endian)  VALUE
 * </pre>
 *
 * <p>Source: RFC 37/ZMTP, "Connection Metadata".
 */
public final class Metadata {
    /** The property that names the peer's socket type. */
    public static final String SOCKET_TYPE = "Socket-Type";
    /** The property that carries the peer's routing id. */
    public static final String IDENTITY = "Identity";

    private static final Metadata NONE = new Metadata(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    private static final int MOST_PROPERTIES = 1000;

    private final TreeMap<String, byte[]> properties;

    private Metadata(TreeMap<String, byte[]> properties) {
        this.properties = properties;
    }

    /** No properties. */
    public static Metadata none() {
        return NONE;
    }

    /** These properties and one more; one with the same name is replaced. */
    public Metadata with(String name, byte[] value) {
        var all = new TreeMap<>(properties);
        all.put(name, value);
        return new Metadata(all);
    }

    /** These properties and one more, its value as ASCII text. */
    public Metadata with(String name, String value) {
        return with(name, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** These properties but one. */
    public Metadata without(String name) {
        var all = new TreeMap<>(properties);
        all.remove(name);
        return new Metadata(all);
    }

    /** A property's value, or null. */
    public byte @Nullable [] value(String name) {
        return properties.get(name);
    }

    /** A property's value as text, or null. */
    public @Nullable String text(String name) {
        var value = properties.get(name);
        return value == null ? null : new String(value, StandardCharsets.ISO_8859_1);
    }

    /** All properties. */
    public Map<String, byte[]> asMap() {
        return Collections.unmodifiableMap(properties);
    }

    /** All properties, their values as text in UTF-8; what is none becomes replacement characters. */
    public Map<String, String> asTexts() {
        var texts = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        properties.forEach((name, value) -> texts.put(name, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }

    /** The properties as they travel: the socket type first, then the routing id, then all others. */
    public byte[] encode() {
        var out = new ByteArrayOutputStream();
        write(out, SOCKET_TYPE);
        write(out, IDENTITY);
        for (var name : properties.keySet()) {
            if (!name.equalsIgnoreCase(SOCKET_TYPE) && !name.equalsIgnoreCase(IDENTITY)) {
                write(out, name);
            }
        }
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out, String name) {
        var value = properties.get(name);
        if (value == null) {
            return;
        }
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
        out.writeBytes(value);
    }

    /**
     * Reads properties up to the end of the buffer.
     *
     * @throws ProtocolException if one is malformed, or there are too many of them
     */
    public static Metadata parse(ByteBuffer in) throws ProtocolException {
        var all = new TreeMap<String, byte[]>(String.CASE_INSENSITIVE_ORDER);
        while (in.hasRemaining()) {
            var name = new String(take(in, in.get() & 0xFF, "name"), StandardCharsets.ISO_8859_1);
            if (name.isEmpty()) {
                throw new ProtocolException("a metadata property has an empty name; names have 1 to 255 octets");
            }
            if (in.remaining() < Integer.BYTES) {
                throw new ProtocolException("metadata property " + name + " is cut off within its value's length");
            }
            var value = take(in, in.getInt(), "value of " + name);
            if (all.putIfAbsent(name, value) != null && name.equalsIgnoreCase(SOCKET_TYPE)) {
                throw new ProtocolException("the metadata names the socket type twice");
            }
            if (all.size() > MOST_PROPERTIES) {
                throw new ProtocolException("more than " + MOST_PROPERTIES + " metadata properties");
            }
        }
        return new Metadata(all);
    }

    private static byte[] take(ByteBuffer in, int length, String what) throws ProtocolException {
        if (length < 0 || length > in.remaining()) {
            throw new ProtocolException("metadata " + what + " claims " + Integer.toUnsignedString(length)
                    + " octets where " + in.remaining() + " are left");
        }
        var octets = new byte[length];
        in.get(octets);
        return octets;
    }
}
