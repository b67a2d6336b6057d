package io.lingmq.cli.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The words of the command line as they were written, in UTF-8. Where the locale knows only ASCII, as {@code LC_ALL=C}
 * does and one that is not installed, the JVM makes question marks of all other characters; Linux still has them.
 */
public final class WrittenWords {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private WrittenWords() {}

    /** The words as they were written, of which the JVM has made these. */
    public static String[] of(String... words) {
        if (Stream.of(words).allMatch(WrittenWords::isAscii) || !localeIsAscii()) {
            return words;
        }
        try {
            return of(words, Files.readAllBytes(COMMAND_LINE));
        } catch (IOException e) {
            return words;
        }
    }

    /** The last words of a command line, each of which ends with a zero octet; these are what the JVM made of them. */
    static String[] of(String[] words, byte[] commandLine) {
        var written = split(commandLine);
        var first = written.size() - words.length;
        if (first < 0) {
            return words;
        }
        var read = words.clone();
        for (var i = 0; i < words.length; i++) {
            if (!isAscii(words[i])) {
                read[i] = decoded(written.get(first + i), words[i]);
            }
        }
        return read;
    }

    private static List<ByteBuffer> split(byte[] commandLine) {
        var words = new ArrayList<ByteBuffer>();
        var begin = 0;
        for (var i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                words.add(ByteBuffer.wrap(commandLine, begin, i - begin));
                begin = i + 1;
            }
        }
        return words;
    }

    /** What is not UTF-8 stays as it is. */
    private static String decoded(ByteBuffer octets, String otherwise) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException e) {
            return otherwise;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean localeIsAscii() {
        try {
            return Charset.forName(System.getProperty("sun.jnu.encoding", "")).equals(StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
