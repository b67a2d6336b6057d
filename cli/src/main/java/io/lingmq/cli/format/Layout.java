package io.lingmq.cli.format;

import io.lingmq.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How messages are written and read: in one of the formats, or written by a template and read as text. */
public final class Layout {
    /** Lines of text. */
    public static final Layout TEXT = new Layout(Format.TEXT, null);

    private final Format format;
    private final @Nullable Fields fields;

    private Layout(Format format, @Nullable Fields fields) {
        this.format = format;
        this.fields = fields;
    }

    /** Reads what stands behind {@code --format}. */
    public static final class Converter implements ITypeConverter<Layout> {
        /** Creates the converter; done by picocli. */
        public Converter() {}

        @Override
        public Layout convert(String text) {
            try {
                return of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /**
     * The format with this name, in any case, or the template.
     *
     * @throws IllegalArgumentException if it is neither; the text says what to write
     */
    public static Layout of(String text) {
        var named = Stream.of(Format.values())
                .filter(format -> format.name().equals(text.toUpperCase(Locale.ROOT)))
                .findAny();
        if (named.isPresent()) {
            return new Layout(named.get(), null);
        }
        if (text.indexOf('%') < 0 && text.indexOf('\\') < 0) {
            throw new IllegalArgumentException(
                    "write one of text, hex, json, raw, or a template with fields, such as '%t %s\\n'");
        }
        return new Layout(Format.TEXT, Fields.parse(text));
    }

    /** How messages to send are read. */
    public Format format() {
        return format;
    }

    /** The octets to print for a message, without what ends it. */
    public byte[] print(Message message, Receipt receipt) {
        return fields == null
                ? format.octets(message)
                : fields.fill(message, receipt).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether each message is a line, which ends in a line feed: not so what is raw, nor what a template makes. */
    public boolean hasLines() {
        return fields == null && format != Format.RAW;
    }
}
