package io.lingmq;

import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.AuthenticationFailed;
import io.lingmq.option.Options;
import io.lingmq.security.Authenticator;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Contexts of a test about who may connect, and what happens in them. */
final class GuardedSite implements AutoCloseable {
    private static final byte[] HELLO = Zmtp.command("HELLO", Zmtp.ascii("\u0005alice\u0003pwd"));

    final Recorder<SocketEvent> events = new Recorder<>();
    final Recorder<SocketEvent> clientEvents = new Recorder<>();
    private final List<Context> contexts = new ArrayList<>();

    Context context(Authenticator authenticator) {
        return keep(Context.builder().authenticator(authenticator).open());
    }

    Context context() {
        return keep(Context.open());
    }

    private Context keep(Context context) {
        contexts.add(context);
        return context;
    }

    PullSocket server(Context context) {
        var pull = context.pull();
        pull.set(Options.PLAIN_SERVER, true);
        pull.monitor(events);
        return pull;
    }

    PushSocket client(Context context, String endpoint, String password) {
        var push = context.push();
        push.set(Options.PLAIN_USERNAME, "alice");
        push.set(Options.PLAIN_PASSWORD, password);
        push.set(Options.LINGER, Duration.ZERO);
        push.monitor(clientEvents);
        push.connect(endpoint);
        return push;
    }

    AuthenticationFailed refused() {
        return events.await(AuthenticationFailed.class);
    }

    /** What alice says first. */
    static byte[] hello() {
        return HELLO.clone();
    }

    /** A peer that has said HELLO as alice. */
    static ScriptedPeer plainHello(ScriptedPeer peer) {
        peer.send(Zmtp.greeting(3, 1, "PLAIN"));
        peer.read(Zmtp.GREETING_SIZE);
        return peer.send(HELLO);
    }

    @Override
    public void close() {
        contexts.forEach(context -> context.close(Duration.ofSeconds(5)));
    }
}
