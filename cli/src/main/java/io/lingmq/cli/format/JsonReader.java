package io.lingmq.cli.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads the small part of JSON that messages are written in: strings, hex objects and arrays of them. */
final class JsonReader {
    private static final char END = '\0';

    private final String text;
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    /** An array of frames, or one frame for itself. */
    List<byte[]> frames() {
        var frames = new ArrayList<byte[]>();
        if (peek() != '[') {
            return List.of(onlyFrame());
        }
        do {
            at++;
            frames.add(frame());
        } while (peek() == ',');
        expect(']');
        expectEnd();
        return frames;
    }

    /** A string or a hex object, and nothing after it. */
    byte[] onlyFrame() {
        var frame = frame();
        expectEnd();
        return frame;
    }

    private byte[] frame() {
        if (peek() != '{') {
            return string().getBytes(StandardCharsets.UTF_8);
        }
        expect('{');
        if (!string().equals("hex")) {
            throw wrong("{\"hex\": \"…\"}");
        }
        expect(':');
        var bytes = HexFormat.of().parseHex(string());
        expect('}');
        return bytes;
    }

    private String string() {
        expect('"');
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            var c = text.charAt(at++);
            value.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return value.toString();
    }

    private char escaped() {
        var c = at < text.length() ? text.charAt(at++) : END;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> throw wrong("an escape such as \\n or \\u0041");
        };
    }

    private char codeUnit() {
        if (at + 4 > text.length()) {
            throw wrong("four hex digits");
        }
        at += 4;
        return (char) HexFormat.fromHexDigits(text, at - 4, at);
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "'");
        }
        at++;
    }

    private void expectEnd() {
        if (peek() != END) {
            throw wrong("the end");
        }
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException("no message in JSON, such as [\"A\",\"text\",{\"hex\":\"00ff\"}]: " + wanted
                + " was expected at character " + (at + 1));
    }
}
