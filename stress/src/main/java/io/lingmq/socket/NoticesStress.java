package io.lingmq.socket;

import io.lingmq.pipe.Notice;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What is posted while somebody holds the lock is worked off, also if nobody calls any more. */
public final class NoticesStress {
    private NoticesStress() {}

    private static final class News extends Notice {}

    /** What was to be done later: at most one thing at a time. */
    private static final class Later {
        private final AtomicReference<@Nullable Runnable> retry = new AtomicReference<>();

        void execute(Runnable work) {
            retry.set(work);
        }

        /** The time for it has come; false if there is nothing. */
        boolean comes() {
            var work = retry.getAndSet(null);
            if (work == null) {
                return false;
            }
            work.run();
            return true;
        }
    }

    /** One posts while a retry that was arranged before has come and holds the lock. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both notices were worked off.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A notice lies there, and nobody comes for it.")
    @State
    public static class WorkedOffInTheEnd {
        private final SocketLock lock = new SocketLock();
        private final Later later = new Later();
        private int worked;
        private final Notices notices = new Notices(lock, notice -> worked++, () -> {}, later::execute);

        public WorkedOffInTheEnd() {
            lock.lock();
            notices.post(new News());
            lock.unlock();
        }

        @Actor
        public void post() {
            notices.post(new News());
        }

        @Actor
        public void retry() {
            later.comes();
        }

        @Arbiter
        public void after(I_Result result) {
            while (later.comes()) {
                // the lock is free now
            }
            result.r1 = worked;
        }
    }

    /** A retry that says it is over when it has looked misses what is posted in between. */
    private static final class SaysTooLateThatItIsOver {
        private final ReadyList posted = new ReadyList();
        private final AtomicBoolean retrying = new AtomicBoolean();
        private final SocketLock lock;
        private final Later later;
        private int worked;

        SaysTooLateThatItIsOver(SocketLock lock, Later later) {
            this.lock = lock;
            this.later = later;
        }

        void post(Notice notice) {
            posted.push(notice);
            if (!workOffIfFree() && retrying.compareAndSet(false, true)) {
                later.execute(this::retry);
            }
        }

        private boolean workOffIfFree() {
            if (!lock.tryLock()) {
                return false;
            }
            for (var notice = posted.takeAll(); notice != null; notice = notice.next) {
                worked++;
            }
            lock.unlock();
            return true;
        }

        private void retry() {
            if (workOffIfFree()) {
                retrying.set(false);
            } else {
                later.execute(this::retry);
            }
        }
    }

    /** As above, with a retry that is wrong. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both notices were worked off.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A notice lies there, and nobody comes for it.")
    @State
    public static class SaysTooLateThatItIsOverBroken {
        private final SocketLock lock = new SocketLock();
        private final Later later = new Later();
        private final SaysTooLateThatItIsOver notices = new SaysTooLateThatItIsOver(lock, later);

        public SaysTooLateThatItIsOverBroken() {
            lock.lock();
            notices.post(new News());
            lock.unlock();
        }

        @Actor
        public void post() {
            notices.post(new News());
        }

        @Actor
        public void retry() {
            later.comes();
        }

        @Arbiter
        public void after(I_Result result) {
            while (later.comes()) {
                // the lock is free now
            }
            result.r1 = notices.worked;
        }
    }
}
