package io.lingmq.cli.shell;

import io.lingmq.Socket;
import io.lingmq.error.OptionException;
import io.lingmq.option.Option;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** A flag for every socket option, generated from the table that the library itself works by. */
public final class OptionFlags {
    private final Map<Option<?>, Object> values = new LinkedHashMap<>();
    private final Set<SocketType> types;
    private final Consumer<String> notes;

    /**
     * Flags for the options that have an effect on at least one of the types.
     *
     * @param notes hears a warning where a secret is given in clear text
     */
    public OptionFlags(Set<SocketType> types, Consumer<String> notes) {
        this.types = types;
        this.notes = notes;
    }

    /** The flags as a part of a help page. */
    public Section section(String heading) {
        var section = new Section(heading);
        for (var option : Options.all()) {
            if (types.stream().anyMatch(option::appliesTo)) {
                section.add(flag(option));
            }
        }
        return section;
    }

    private <T> OptionSpec flag(Option<T> option) {
        var flag = OptionSpec.builder("--" + option.name())
                .type(Object.class)
                .paramLabel(label(option.valueHint()))
                .description(describe(option).replace("%", "%%"))
                .converters(text -> parse(option, text))
                .setter(new ISetter() {
                    @Override
                    public <V> @Nullable V set(@Nullable V value) {
                        if (value != null) {
                            values.put(option, value);
                        }
                        return null;
                    }
                });
        // A bare flag switches on.
        return option.defaultValue() instanceof Boolean
                ? flag.arity("0..1").fallbackValue("true").build()
                : flag.build();
    }

    private <T> T parse(Option<T> option, String text) {
        try {
            return option.parse(option.isSecret() ? Secret.read("--" + option.name(), text, notes) : text);
        } catch (OptionException e) {
            throw (TypeConversionException) new TypeConversionException(e.text()).initCause(e);
        }
    }

    /** The hint's first word, in capitals unless it is what to write: {@code NUMBER}, {@code true|false}. */
    private static String label(String hint) {
        var word = hint.split(" ", 2)[0];
        return word.contains("|") ? word : word.toUpperCase(Locale.ROOT);
    }

    private static <T> String describe(Option<T> option) {
        if (option.isSecret()) {
            return option.summary() + " Give it as file:PATH or env:NAME.";
        }
        var standard = option.format(option.defaultValue());
        return standard.isEmpty() ? option.summary() : option.summary() + " Default: " + standard + ".";
    }

    /** Sets on the socket what was given and has an effect on its type. */
    public void apply(Socket socket) {
        values.forEach((option, value) -> {
            if (option.appliesTo(socket.type())) {
                set(socket, option, value);
            }
        });
    }

    @SuppressWarnings("unchecked") // the value under an Option<T> is what its parse gave, a T
    private static <T> void set(Socket socket, Option<T> option, Object value) {
        socket.set(option, (T) value);
    }
}
