package io.lingmq.socket;

import io.lingmq.guard.RationedGuard;
import io.lingmq.security.Authenticator;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks on behalf of all sockets of a context whether a peer may connect: the context's authenticator, or else the ZAP
 * handler. Who asks sets the time limit, and cancels what it does not want to know any more.
 *
 * <p>Questions are asked in threads of their own, so that neither an I/O thread nor a callback of the application ever
 * waits for an authenticator. There are few of them, and so many questions at most: nobody who connects often can take
 * more. Nor can anybody fill the log: of what fails in the same way, one in each minute is logged.
 *
 * <p>Threading: any thread.
 */
final class Admissions {
    static final int MOST_PENDING = 4096;
    static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final ZapHandler handler;
    private final RationedGuard askingThreads;
    private final RationedGuard askingHandlers;
    private final RationedGuard authenticators;
    private volatile @Nullable Authenticator authenticator;
    private final ExecutorService threads;
    /** Handed to the threads, and not begun. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final Set<Question> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Admissions(ZapHandler handler, Ticker clock, ExecutorService threads) {
        this.handler = handler;
        askingThreads = new RationedGuard(clock::nowNs, LOG_INTERVAL);
        askingHandlers = new RationedGuard(clock::nowNs, LOG_INTERVAL);
        authenticators = new RationedGuard(clock::nowNs, LOG_INTERVAL);
        this.threads = threads;
    }

    /** From now on this one is asked, and no ZAP handler. */
    void authenticator(Authenticator decides) {
        authenticator = decides;
    }

    /** Asks; who does not want to know any more cancels. */
    CompletableFuture<ZapReply> ask(ZapRequest request) {
        var question = new Question(authenticator, request);
        var answer = question.answer;
        // What nobody waits for any more is still in the queue where all threads are stuck.
        if (pending.size() >= MOST_PENDING || waiting.get() >= MOST_PENDING) {
            answer.complete(ZapReply.temporaryFailure(MOST_PENDING + " peers await a verdict, and more may not"));
            return answer;
        }
        pending.add(question);
        var unused = answer.whenComplete((reply, failure) -> pending.remove(question));
        waiting.incrementAndGet();
        var failure = askingThreads.run("asking for a verdict", () -> threads.execute(() -> begin(question)));
        if (failure != null) {
            waiting.decrementAndGet();
        }
        if (failure != null || closed) {
            answer.complete(ZapReply.failed("the context is closed, or has no thread to ask in"));
        }
        return answer;
    }

    private void begin(Question question) {
        waiting.decrementAndGet();
        question.run();
    }

    /** The context closes: nobody is asked any more, and nobody waits for an answer. */
    void close() {
        closed = true;
        handler.close();
        threads.shutdownNow();
        pending.forEach(question -> question.answer.complete(ZapReply.failed("the context is closed")));
    }

    int pending() {
        return pending.size();
    }

    /** One question, asked in a thread that may wait. */
    private final class Question {
        private final @Nullable Authenticator whom;
        private final ZapRequest request;
        private final CompletableFuture<ZapReply> answer = new CompletableFuture<>();

        Question(@Nullable Authenticator whom, ZapRequest request) {
            this.whom = whom;
            this.request = request;
        }

        void run() {
            if (answer.isDone()) {
                return; // who asked has gone meanwhile
            }
            var failure = whom == null
                    ? askingHandlers.run("asking a ZAP handler", () -> handler.ask(request, answer))
                    : authenticators.run("an authenticator", () -> ask(whom));
            if (failure != null) {
                fail(failure);
            }
        }

        private void ask(Authenticator authenticator) {
            var unused = authenticator.decide(request).whenComplete((reply, failure) -> {
                if (reply != null) {
                    answer.complete(reply);
                } else {
                    fail(failure);
                }
            });
        }

        /** Its text may tell what nobody is to know. */
        private void fail(@Nullable Throwable cause) {
            answer.complete(ZapReply.failed(
                    cause == null
                            ? "the authenticator answered null"
                            : "the question failed with " + cause.getClass().getName()));
        }
    }
}
