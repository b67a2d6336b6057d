package io.lingmq.socket;

import io.lingmq.guard.RationedGuard;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.security.ZapFrames;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.wire.ProtocolException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The ZAP handler of a context as the library sees it: whoever is bound to {@value #ENDPOINT}, a REP or a ROUTER. It is
 * asked through a DEALER of the library's own, which connects with the first question.
 *
 * <p>When in doubt the answer is no: where nobody is bound, where the handler goes away before it has answered, and
 * where its answer is malformed. A second answer, or one to a question that nobody asks any more, means nothing.
 *
 * <p>Threading: any thread that may wait for a socket's lock.
 *
 * <p>Source: RFC 27/ZAP.
 */
final class ZapHandler {
    static final String ENDPOINT = "inproc://zeromq.zap.01";
    private static final String NAME = "zeromq.zap.01";

    private final ContextCore context;
    private final Executor callbacks;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final SerialTask looking;
    private final RationedGuard takingAnswers;
    private final AtomicLong lastId = new AtomicLong();
    private @Nullable SocketCore socket;
    private boolean closed;

    /** A question, and who was to answer it. */
    private record Asked(InprocBind binder, CompletableFuture<ZapReply> answer) {}

    ZapHandler(ContextCore context, Executor callbacks) {
        this.context = context;
        this.callbacks = callbacks;
        looking = new SerialTask(callbacks, this::look);
        takingAnswers = new RationedGuard(context.runtime().ticker()::nowNs, Admissions.LOG_INTERVAL);
    }

    /** Asks. The answer may be no, here and now. */
    void ask(ZapRequest request, CompletableFuture<ZapReply> answer) {
        var binder = binder();
        var at = binder == null ? null : socket();
        if (binder == null || at == null) {
            answer.complete(
                    ZapReply.failed("nobody is bound to " + ENDPOINT + ", and the context has no authenticator"));
            return;
        }
        var id = String.valueOf(lastId.incrementAndGet());
        asked.put(id, new Asked(binder, answer));
        var unused = answer.whenComplete((reply, failure) -> asked.remove(id));
        if (!at.trySend(ZapFrames.request(id, request))) {
            answer.complete(ZapReply.failed("the ZAP handler takes no question"));
        }
        look(); // the handler may have gone just before the question was noted
    }

    private @Nullable InprocBind binder() {
        return context.inproc().directory().binder(NAME);
    }

    /** The own socket; null if the context has closed. */
    private synchronized @Nullable SocketCore socket() {
        if (socket == null && !closed) {
            var settings = Settings.defaults()
                    .with(Options.LINGER, Duration.ZERO)
                    .with(Options.SEND_HWM, Admissions.MOST_PENDING);
            var made = new SocketCore(context, SocketType.DEALER, settings, context.ownCallbacks());
            made.pipes().observe(looking::request); // also told when a peer goes
            made.connect(ENDPOINT);
            receiveNext(made);
            socket = made;
        }
        return socket;
    }

    /**
     * What a handler that went away had received it does not answer any more; what it had not, the next one may answer
     * too late.
     */
    private void look() {
        var binder = binder();
        for (var each : asked.values()) {
            if (each.binder != binder && !context.isClosed()) {
                each.answer.complete(ZapReply.failed("the ZAP handler went away"));
            }
        }
    }

    private void receiveNext(SocketCore at) {
        var unused = at.receiveAsync()
                .thenAcceptAsync(
                        message -> {
                            takingAnswers.run("taking the answer of a ZAP handler", () -> answered(message));
                            receiveNext(at); // whatever became of this one
                        },
                        callbacks);
    }

    private void answered(Message message) {
        var id = ZapFrames.requestId(message);
        var question = id == null ? null : asked.get(id);
        if (question == null) {
            return;
        }
        var answer = question.answer;
        try {
            answer.complete(ZapFrames.reply(message));
        } catch (ProtocolException e) {
            answer.complete(ZapReply.failed("the ZAP handler's answer is malformed: " + e.reason()));
        }
    }

    void close() {
        SocketCore made;
        synchronized (this) {
            closed = true;
            made = socket;
        }
        if (made != null) {
            made.closing().begin(0);
        }
    }
}
