package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.NullMechanism;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.WirePipe;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.support.BellRecorder;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Recorder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A PULL socket that only notes what its endpoints tell it, and in which threads its pipes are made. */
public final class SessionOwnerRecorder implements SessionOwner, SocketSecurity {
    private final Recorder<SocketEvent> events = new Recorder<>();
    private final List<String> pipeThreads = new CopyOnWriteArrayList<>();
    private final List<WirePipe> attached = new CopyOnWriteArrayList<>();

    /** What was asked of the socket, and what is to be the answer. */
    record Question(ZapRequest request, CompletableFuture<ZapReply> verdict) {}

    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private Supplier<String> where = () -> Thread.currentThread().getName();
    private volatile Mechanism mechanism = new NullMechanism();
    private volatile @Nullable ZapReply answerAtOnce;
    private volatile Class<?> untold = Void.class;
    private volatile boolean failsToGreet;
    private volatile boolean failsToHear;
    private volatile boolean failsToWake;

    /** What tells in which thread something happens, where there is but one. */
    void where(Supplier<String> name) {
        where = name;
    }

    /** From now on there is no memory left to tell of such an event. */
    void failToTell(Class<? extends SocketEvent> kind) {
        untold = kind;
    }

    /** From now on there is no memory left for a handshake. */
    void failToGreet() {
        failsToGreet = true;
    }

    /** From now on there is no memory left to hear of a lost connection. */
    void failToHear() {
        failsToHear = true;
    }

    /** From now on there is no memory left to wake those who wait for a pipe: it is attached all the same. */
    void failToWake() {
        failsToWake = true;
    }

    /** From now on handshakes are of this kind. */
    void use(Mechanism other) {
        mechanism = other;
    }

    /** From now on every question has this answer, within the call. */
    void answerAtOnce(ZapReply answer) {
        answerAtOnce = answer;
    }

    /** Waits for the question of this number, from 0 on. */
    Question question(int number) {
        return Await.value("question " + number, () -> questions.size() > number ? questions.get(number) : null);
    }

    /** All events. */
    public Recorder<SocketEvent> events() {
        return events;
    }

    /** The names of the threads in which pipes were made, one for each pipe. */
    List<String> pipeThreads() {
        return List.copyOf(pipeThreads);
    }

    /** The pipes into which messages may be put. */
    public List<WirePipe> attached() {
        return List.copyOf(attached);
    }

    @Override
    public SocketType type() {
        return SocketType.PULL;
    }

    @Override
    public SocketSecurity security() {
        return this;
    }

    @Override
    public Mechanism mechanism(Settings settings) {
        if (failsToGreet) {
            throw new OutOfMemoryError("on purpose");
        }
        return mechanism;
    }

    @Override
    public CompletableFuture<ZapReply> admit(ZapRequest request) {
        var answer = answerAtOnce;
        var verdict = answer == null ? new CompletableFuture<ZapReply>() : CompletableFuture.completedFuture(answer);
        questions.add(new Question(request, verdict));
        return verdict;
    }

    @Override
    public WirePipe newPipe(Settings settings) {
        pipeThreads.add(where.get());
        return new WirePipe(new BellRecorder(), 0, 0, false);
    }

    @Override
    public void attach(WirePipe pipe) {
        attached.add(pipe);
        if (failsToWake) {
            throw new InternalError("no memory, on purpose");
        }
    }

    @Override
    public void opened(WirePipe pipe, PeerInfo peer, String address, Runnable whenOpened) {
        whenOpened.run();
    }

    @Override
    public void closed(WirePipe pipe) {
        if (failsToHear) {
            throw new OutOfMemoryError("on purpose");
        }
    }

    @Override
    public void discard(WirePipe which) {}

    @Override
    public void detach(WirePipe pipe, Runnable whenDetached) {
        attached.remove(pipe);
        whenDetached.run();
    }

    @Override
    public void unsent(long messages) {}

    @Override
    public void event(SocketEvent event) {
        events.accept(event);
        if (untold.isInstance(event)) {
            throw new InternalError("no memory, on purpose");
        }
    }
}
