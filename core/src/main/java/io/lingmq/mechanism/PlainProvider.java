package io.lingmq.mechanism;

import io.lingmq.error.OptionException;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import org.jspecify.annotations.Nullable;

/** Chooses PLAIN where the settings say that this side is its server, or name a user. */
final class PlainProvider implements MechanismProvider {
    static final String NAME = "PLAIN";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public @Nullable Mechanism configure(Settings settings) {
        var user = settings.get(Options.PLAIN_USERNAME);
        var password = settings.get(Options.PLAIN_PASSWORD);
        var isClient = !user.isEmpty() || !password.isEmpty();
        if (!settings.get(Options.PLAIN_SERVER)) {
            return isClient ? new PlainClient(user, password) : null;
        }
        if (isClient) {
            throw new OptionException(
                    "option plain-server excludes plain-username and plain-password: a socket is server or client");
        }
        if (settings.get(Options.ZAP_ENFORCE_DOMAIN)
                && settings.get(Options.ZAP_DOMAIN).isEmpty()) {
            throw new OptionException(
                    "option zap-enforce-domain wants a zap-domain for a PLAIN server, and none is set");
        }
        return new PlainServer();
    }
}
