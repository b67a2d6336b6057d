package io.lingmq.session;

import io.lingmq.mechanism.Mechanism;
import io.lingmq.option.Settings;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import java.util.concurrent.CompletableFuture;

/** How a socket guards its connections. Threading: any thread, I/O threads too: nothing here waits. */
public interface SocketSecurity {
    /**
     * The security mechanism for connections with the given settings.
     *
     * @throws io.lingmq.error.OptionException if the settings are in contradiction
     */
    Mechanism mechanism(Settings settings);

    /**
     * Asks whether a peer may connect. The answer comes in any thread, perhaps within this call, perhaps never. Who
     * does not want to know any more cancels.
     */
    CompletableFuture<ZapReply> admit(ZapRequest request);
}
