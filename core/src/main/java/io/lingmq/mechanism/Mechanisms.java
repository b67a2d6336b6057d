package io.lingmq.mechanism;

import io.lingmq.error.OptionException;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All mechanisms: the library's own and those that services bring.
 *
 * <p>Threading: immutable.
 */
public final class Mechanisms {
    /** RFC 37/ZMTP, "Greeting". */
    private static final Pattern NAME = Pattern.compile("[A-Z0-9_.+-]{1,20}");

    private static @Nullable Mechanisms found;

    private final List<MechanismProvider> providers;

    private Mechanisms(List<MechanismProvider> providers) {
        this.providers = providers;
        var byName = new HashMap<String, MechanismProvider>();
        for (var provider : providers) {
            var other = byName.putIfAbsent(provider.name(), provider);
            if (other != null) {
                throw new OptionException("two security mechanisms are called " + provider.name() + ": "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
    }

    /** All that there are; services are looked for once. */
    public static synchronized Mechanisms found() {
        var known = found;
        if (known == null) {
            var all = new ArrayList<MechanismProvider>(List.of(new PlainProvider()));
            try {
                ServiceLoader.load(MechanismProvider.class, MechanismProvider.class.getClassLoader())
                        .forEach(all::add);
            } catch (ServiceConfigurationError e) {
                throw new OptionException("a security mechanism cannot be loaded: " + e.getMessage(), e);
            }
            known = of(all);
            found = known;
        }
        return known;
    }

    /**
     * Those of the given providers.
     *
     * @throws OptionException if two have the same name
     */
    static Mechanisms of(List<MechanismProvider> providers) {
        return new Mechanisms(List.copyOf(providers));
    }

    private static Mechanism checked(Mechanism asked) {
        if (!NAME.matcher(asked.name()).matches()) {
            throw new OptionException("no security mechanism can be called '" + asked.name()
                    + "': a name has 1 to 20 upper case letters, digits and -_.+");
        }
        return asked;
    }

    /**
     * The mechanism that the settings ask for; NULL if they ask for none.
     *
     * @throws OptionException if they are in contradiction, or ask for several
     */
    public Mechanism configure(Settings settings) {
        Mechanism chosen = null;
        for (var provider : providers) {
            var asked = provider.configure(settings);
            if (asked != null && chosen != null) {
                throw new OptionException("the options ask for the security mechanisms " + chosen.name() + " and "
                        + asked.name() + "; a socket has one");
            }
            chosen = asked == null ? chosen : checked(asked);
        }
        return chosen == null ? new NullMechanism(settings.get(Options.ZAP_DOMAIN)) : chosen;
    }
}
