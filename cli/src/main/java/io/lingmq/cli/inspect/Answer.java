package io.lingmq.cli.inspect;

import io.lingmq.cli.shell.Visible;
import io.lingmq.wire.Metadata;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of who answers.
 *
 * @param endpoint where
 * @param connecting how long it took to connect
 * @param protocol what it speaks; null is no ZMTP
 * @param mechanism its security mechanism; null where the version has none, or it was not told
 * @param asServer whether it says that it plays the mechanism's server
 * @param socketType its socket type, as it says
 * @param metadata what it tells of itself
 * @param remark what kept us from knowing more
 */
record Answer(
        String endpoint,
        Duration connecting,
        @Nullable String protocol,
        @Nullable String mechanism,
        boolean asServer,
        @Nullable String socketType,
        Metadata metadata,
        @Nullable String remark) {
    private static final double NS_PER_MS = 1e6;

    static Answer connected(String endpoint, Duration connecting) {
        return new Answer(endpoint, connecting, null, null, false, null, Metadata.none(), null);
    }

    Answer speaks(String version) {
        return new Answer(endpoint, connecting, version, mechanism, asServer, socketType, metadata, remark);
    }

    Answer secured(String name, boolean server) {
        return new Answer(endpoint, connecting, protocol, name, server, socketType, metadata, remark);
    }

    Answer is(@Nullable String type) {
        return new Answer(endpoint, connecting, protocol, mechanism, asServer, type, metadata, remark);
    }

    Answer tells(Metadata all) {
        return new Answer(
                endpoint, connecting, protocol, mechanism, asServer, all.text(Metadata.SOCKET_TYPE), all, remark);
    }

    Answer but(String why) {
        return new Answer(endpoint, connecting, protocol, mechanism, asServer, socketType, metadata, why);
    }

    boolean isZmtp() {
        return protocol != null;
    }

    /** Lines of a name and a value. */
    String text() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("endpoint", Visible.text(endpoint));
        lines.put("connected in", milliseconds() + "ms");
        lines.put("protocol", protocol == null ? "no ZMTP" : protocol);
        if (mechanism != null) {
            lines.put("mechanism", Visible.text(mechanism) + (asServer ? ", as server" : ""));
        }
        if (socketType != null) {
            lines.put("socket type", Visible.text(socketType));
        }
        metadata.asMap().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(Metadata.SOCKET_TYPE) && value.length > 0) {
                lines.put(name.equalsIgnoreCase(Metadata.IDENTITY) ? "routing id" : Visible.text(name), value(value));
            }
        });
        if (remark != null) {
            lines.put("remark", Visible.text(remark));
        }
        return lines.entrySet().stream()
                .map(line -> String.format(Locale.ROOT, "%-14s%s%n", line.getKey(), line.getValue()))
                .collect(Collectors.joining());
    }

    private static String value(byte[] octets) {
        return Visible.name(octets);
    }

    private String milliseconds() {
        return String.format(Locale.ROOT, "%.3f", connecting.toNanos() / NS_PER_MS);
    }

    /** A line of JSON; what is not known is null. */
    String json() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("endpoint", Visible.json(endpoint));
        fields.put("connect_ms", milliseconds());
        fields.put("protocol", string(protocol));
        fields.put("mechanism", string(mechanism));
        fields.put("as_server", String.valueOf(asServer));
        fields.put("socket_type", string(socketType));
        var id = metadata.value(Metadata.IDENTITY);
        fields.put("routing_id", id == null || id.length == 0 ? "null" : Visible.jsonName(id));
        var all = new LinkedHashMap<String, String>();
        metadata.asMap().forEach((name, value) -> all.put(name, Visible.jsonName(value)));
        fields.put("metadata", object(all));
        fields.put("remark", string(remark));
        return object(fields) + System.lineSeparator();
    }

    private static String string(@Nullable String text) {
        return text == null ? "null" : Visible.json(text);
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> Visible.json(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
