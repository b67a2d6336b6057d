package io.lingmq.option;

import io.lingmq.error.OptionException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * One option of a socket: its name, type, default and range. The library's own stand in {@link Options}, those of other
 * modules in their {@link OptionFamily}; an {@link OptionBuilder} makes them.
 *
 * <p>Threading: immutable.
 *
 * @param <T> the type of the option's value
 */
public final class Option<T> {
    private static final AtomicInteger NEXT_INDEX = new AtomicInteger();

    /** The place of its values in {@link Settings}. */
    private final int index = NEXT_INDEX.getAndIncrement();

    private final String name;
    private final String libzmqName;
    private final int libzmqNumber;
    private final ValueKind<T> kind;
    private final T defaultValue;
    private final ValueRange<T> range;
    private final Set<SocketType> appliesTo;
    private final boolean live;
    private final UnaryOperator<T> settling;
    private final String summary;

    Option(OptionBuilder<T> from, String summary) {
        this.name = from.name;
        this.libzmqName = from.libzmqName;
        this.libzmqNumber = from.libzmqNumber;
        this.kind = from.kind;
        this.defaultValue = from.defaultValue;
        this.range = from.range;
        this.appliesTo = from.appliesTo;
        this.live = from.live;
        this.settling = from.settling;
        this.summary = summary;
    }

    /** The option's name in lower case with hyphens, as the command line has it: {@code send-hwm}. */
    public String name() {
        return name;
    }

    /** The option's name in libzmq: {@code ZMQ_SNDHWM}; empty if libzmq does not have it. */
    public String libzmqName() {
        return libzmqName;
    }

    /** The option's number in libzmq's {@code zmq.h}; 0 if libzmq does not have it. */
    public int libzmqNumber() {
        return libzmqNumber;
    }

    /** The value that a socket has unless it is told another one. */
    public T defaultValue() {
        return copyOf(defaultValue);
    }

    /** The value itself, or the octets once more: nobody can change those of somebody else. */
    @SuppressWarnings("unchecked") // the clone of a byte[] is one
    static <T> T copyOf(T value) {
        return value instanceof byte[] bytes && bytes.length > 0 ? (T) bytes.clone() : value;
    }

    /** The socket types on which the option has an effect. */
    public Set<SocketType> appliesTo() {
        return appliesTo;
    }

    /** Whether a change takes effect at once; other options apply to the binds and connects that follow. */
    public boolean isLive() {
        return live;
    }

    /** What the option does, in one sentence. */
    public String summary() {
        return summary;
    }

    /** What values look like as text, for help pages: {@code duration}, {@code number}, {@code true|false}, … */
    public String valueHint() {
        return kind.hint();
    }

    /** Whether its values must not be shown. */
    public boolean isSecret() {
        return kind.equals(ValueKind.SECRET);
    }

    /** Which values are legal, in words. */
    public String rangeText() {
        return range.text();
    }

    /** The value as {@link #parse} would read it. */
    public String format(T value) {
        return kind.format(ensureGiven(value));
    }

    /**
     * Reads a value from text, for example {@code "500ms"} for a duration.
     *
     * @throws OptionException if the text is no legal value; its text names the option, the value and the rule
     */
    public T parse(String text) {
        Objects.requireNonNull(text, "the text is null");
        try {
            return checked(kind.parse(text.trim()));
        } catch (IllegalArgumentException e) {
            throw new OptionException("option " + name + " cannot be '" + text + "': " + e.getMessage(), e);
        }
    }

    /**
     * The value if it is legal: as it takes effect, which for a few options is rounded.
     *
     * @throws OptionException if it is not; the text names the range
     */
    public T checked(T value) {
        if (!range.contains(ensureGiven(value))) {
            throw new OptionException(
                    "option " + name + " cannot be " + format(value) + ": it must be " + range.text());
        }
        return settling.apply(value);
    }

    /** Whether the option has an effect on the given socket type. */
    public boolean appliesTo(SocketType type) {
        return appliesTo.contains(Objects.requireNonNull(type, "the type is null"));
    }

    private T ensureGiven(T value) {
        return Objects.requireNonNull(value, () -> "the value of " + name + " is null");
    }

    /**
     * Refuses an option that has no effect on the given socket type.
     *
     * @throws OptionException that names the types it is for
     */
    public void ensureAppliesTo(SocketType type) {
        if (!appliesTo(type)) {
            throw new OptionException(
                    "option " + name + " has no meaning on a " + type + " socket; it is for " + appliesTo);
        }
    }

    int index() {
        return index;
    }

    @Override
    public String toString() {
        return name;
    }
}
