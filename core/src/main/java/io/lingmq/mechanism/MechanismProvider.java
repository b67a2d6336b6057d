package io.lingmq.mechanism;

import io.lingmq.option.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Brings a security mechanism. A module brings another one and changes no file of the library for it; its options are
 * an {@link io.lingmq.option.OptionFamily}.
 *
 * <p>{@link java.util.ServiceLoader} finds it: the module {@code provides} this interface, or on the class path names
 * the class in {@code META-INF/services/io.lingmq.mechanism.MechanismProvider}. The class needs a public constructor
 * without parameters.
 *
 * <p>Threading: both methods may be called from any thread, and must not wait for anything.
 */
public interface MechanismProvider {
    /**
     * The name in the greeting, that of each mechanism it configures: 1 to 20 of the characters {@code A-Z 0-9 - _ .
     * +}, for example {@code PLAIN}.
     */
    String name();

    /**
     * The mechanism if the settings ask for it, once for each endpoint. The settings decide on the role too, which does
     * not depend on who connects.
     *
     * @return null if they do not ask for it; where no provider is asked, the mechanism is NULL
     * @throws io.lingmq.error.OptionException if they ask for it and are in contradiction
     */
    @Nullable
    Mechanism configure(Settings settings);
}
