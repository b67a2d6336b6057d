package io.lingmq.option;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Declares one option: {@code number("send-hwm", 1000).libzmq("ZMQ_SNDHWM", 23).range(atLeast(0)).does("…")}. Only
 * {@link #does} makes the option. To be found by its name it must be in an {@link OptionFamily}.
 *
 * <p>Threading: used by one thread.
 *
 * @param <T> the type of the option's value, which is immutable or an array of bytes
 */
public final class OptionBuilder<T> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    final String name;
    final ValueKind<T> kind;
    final T defaultValue;
    String libzmqName = "";
    int libzmqNumber;
    ValueRange<T> range = ValueRange.any();
    Set<SocketType> appliesTo = Set.of(SocketType.values());
    boolean live;
    UnaryOperator<T> settling = UnaryOperator.identity();
    private Consumer<Option<?>> entering = option -> {};

    private OptionBuilder(String name, ValueKind<T> kind, T defaultValue) {
        Objects.requireNonNull(name, "the option's name is null");
        this.kind = Objects.requireNonNull(kind, "the kind of value is null");
        this.defaultValue = Objects.requireNonNull(defaultValue, "the default is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an option cannot be called '" + name + "': a name is lower case words and digits with hyphens");
        }
        this.name = name;
    }

    /** An option of the given kind. */
    public static <T> OptionBuilder<T> of(String name, ValueKind<T> kind, T defaultValue) {
        return new OptionBuilder<>(name, kind, defaultValue);
    }

    /** A whole number, as for a number of messages. */
    public static OptionBuilder<Integer> number(String name, int defaultValue) {
        return of(name, ValueKind.INTEGER, defaultValue);
    }

    /** A whole number that may be large, as for a number of octets. */
    public static OptionBuilder<Long> count(String name, long defaultValue) {
        return of(name, ValueKind.LONG, defaultValue);
    }

    /** True or false. */
    public static OptionBuilder<Boolean> flag(String name, boolean defaultValue) {
        return of(name, ValueKind.BOOLEAN, defaultValue);
    }

    /** A duration; {@link Options#FOREVER} is one without end. */
    public static OptionBuilder<Duration> duration(String name, Duration defaultValue) {
        return of(name, ValueKind.DURATION, defaultValue);
    }

    /** Octets. */
    public static OptionBuilder<byte[]> bytes(String name, byte[] defaultValue) {
        Objects.requireNonNull(defaultValue, "the default is null");
        return of(name, ValueKind.BYTES, defaultValue.clone());
    }

    /** A text. */
    public static OptionBuilder<String> text(String name, String defaultValue) {
        return of(name, ValueKind.TEXT, defaultValue);
    }

    /** A text that appears in no log, event or error text. */
    public static OptionBuilder<String> secret(String name) {
        return of(name, ValueKind.SECRET, "");
    }

    /**
     * The option's name and number in libzmq's {@code zmq.h}, where libzmq has it.
     *
     * @param constant for example {@code ZMQ_SNDHWM}
     * @param number from 1
     */
    public OptionBuilder<T> libzmq(String constant, int number) {
        Objects.requireNonNull(constant, "the name in libzmq is null");
        if (number < 1) {
            throw new IllegalArgumentException("option " + name + ": libzmq has no option " + number);
        }
        libzmqName = constant;
        libzmqNumber = number;
        return this;
    }

    /** Which values are legal. All are unless this says otherwise. */
    public OptionBuilder<T> range(ValueRange<T> legal) {
        range = Objects.requireNonNull(legal, "the range is null");
        return this;
    }

    /** On which socket types the option has an effect. It has one on all unless this says otherwise. */
    public OptionBuilder<T> on(SocketType first, SocketType... others) {
        Objects.requireNonNull(first, "the type is null");
        Objects.requireNonNull(others, "the array of types is null");
        appliesTo = Set.copyOf(EnumSet.of(first, others));
        return this;
    }

    /** Legal values that cannot be had exactly become ones that can. */
    public OptionBuilder<T> settlesOn(UnaryOperator<T> settle) {
        settling = Objects.requireNonNull(settle, "the function is null");
        return this;
    }

    /** A change takes effect at once, not only on the binds and connects that follow. */
    public OptionBuilder<T> live() {
        live = true;
        return this;
    }

    /** Tells of the option as it is made. */
    OptionBuilder<T> enters(Consumer<Option<?>> where) {
        entering = where;
        return this;
    }

    /**
     * Makes the option.
     *
     * @param summary one sentence, which help pages show
     * @throws io.lingmq.error.OptionException if the default is out of range
     */
    public Option<T> does(String summary) {
        var option = new Option<>(this, Objects.requireNonNull(summary, "the summary is null"));
        option.checked(defaultValue);
        entering.accept(option);
        return option;
    }
}
