package io.lingmq.contract.knock;

import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.MechanismProvider;
import io.lingmq.option.Settings;

/** Brings the mechanism KNOCK, as another module does. */
public final class KnockProvider implements MechanismProvider {
    /** As the service loader wants it. */
    public KnockProvider() {}

    @Override
    public String name() {
        return "KNOCK";
    }

    @Override
    public Mechanism configure(Settings settings) {
        var secret = settings.get(KnockOptions.SECRET);
        return secret.isEmpty() ? null : new KnockMechanism(secret);
    }
}
