package io.lingmq.option;

import java.util.List;

/**
 * Options that belong together. The library has families of its own; a module brings another one and changes no file of
 * the library for it.
 *
 * <p>{@link java.util.ServiceLoader} finds a module's families: the module {@code provides} this interface, or on the
 * class path names the class in {@code META-INF/services/io.lingmq.option.OptionFamily}. The class needs a public
 * constructor without parameters. From then on {@link Options} knows the options by name and by number, and the command
 * line has a flag for each of them.
 *
 * <pre>{@code
 * public final class TeaOptions implements OptionFamily {
 *     public static final Option<Duration> STEEPING = OptionBuilder.duration("tea-steeping", Duration.ofMinutes(3))
 *             .range(ValueRange.notNegative())
 *             .does("How long the tea steeps.");
 *
 *     public String name() {
 *         return "tea";
 *     }
 *
 *     public List<Option<?>> options() {
 *         return List.of(STEEPING);
 *     }
 * }
 * }</pre>
 *
 * <p>Threading: both methods may be called from any thread. They are called once or seldom, and must not block.
 */
public interface OptionFamily {
    /** The family's name, which no other family has: lower case with hyphens, as {@code publish-subscribe}. */
    String name();

    /**
     * The options of the family, in the order in which help pages show them. Each call returns the same options: a
     * socket keeps the value of an option under this very object.
     */
    List<Option<?>> options();
}
