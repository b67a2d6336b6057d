package io.lingmq.socket;

import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.Mechanisms;
import io.lingmq.option.Settings;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.session.SocketSecurity;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The mechanism that a socket's options ask for, and the context's word on peers. Threading: any thread. */
final class ConfiguredSecurity implements SocketSecurity {
    private final Function<ZapRequest, CompletableFuture<ZapReply>> admission;
    /** The last one: most sockets have the same settings for all their endpoints. */
    private volatile @Nullable Configured last;

    private record Configured(Settings settings, Mechanism mechanism) {}

    ConfiguredSecurity(Function<ZapRequest, CompletableFuture<ZapReply>> admission) {
        this.admission = admission;
    }

    @Override
    public Mechanism mechanism(Settings settings) {
        var known = last;
        if (known == null || known.settings != settings) {
            known = new Configured(settings, Mechanisms.found().configure(settings));
            last = known;
        }
        return known.mechanism;
    }

    @Override
    public CompletableFuture<ZapReply> admit(ZapRequest request) {
        return admission.apply(request);
    }
}
