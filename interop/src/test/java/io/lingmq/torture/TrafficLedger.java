package io.lingmq.torture;

import io.lingmq.message.Frames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps account of every message of a turn: what was taken for sending, what was refused, what arrived. Its equation:
 *
 * <pre>
 *   taken = arrived + counted as dropped + unknown
 * </pre>
 *
 * <p>Unknown is 0 where no connection is cut and no process killed, else at most what {@link CutBound} says. Whatever
 * the equation, nothing arrives twice, damaged, or after it was refused.
 *
 * <p>Threading: any thread.
 */
final class TrafficLedger {
    private static final int MOST_OFFENCES = 10;

    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private final List<String> offences = new CopyOnWriteArrayList<>();
    private final AtomicInteger readers = new AtomicInteger();
    private final String name;

    TrafficLedger(String name) {
        this.name = name;
    }

    /** A new stream of numbered messages, of one sending thread. */
    synchronized Stream stream(String of) {
        var stream = new Stream(of, streams.size());
        streams.add(stream);
        return stream;
    }

    /** One who reads; ordered if messages of one stream reach it by one way only, and it alone takes them. */
    Reader reader(boolean ordered) {
        return new Reader(readers.getAndIncrement(), ordered);
    }

    private void offend(String offence) {
        if (offences.size() < MOST_OFFENCES) {
            offences.add(offence);
        }
    }

    /** How many messages were taken for sending. */
    long taken() {
        return streams.stream().mapToLong(s -> s.count(s.taken)).sum();
    }

    /** How many messages arrived. */
    long arrived() {
        return streams.stream().mapToLong(s -> s.count(s.arrived)).sum();
    }

    /** How many messages were taken and did not arrive, so far. */
    long missing() {
        return streams.stream().mapToLong(Stream::missing).sum();
    }

    /** Nothing came that must not, and so many are missing as were counted, or a little more. */
    void settle(long counted, long mostUnknown) {
        settle(List.of(this), counted, mostUnknown);
    }

    /** As {@link #settle(long, long)}, for several ledgers whose drops were counted together. */
    static void settle(List<TrafficLedger> ledgers, long counted, long mostUnknown) {
        ledgers.forEach(TrafficLedger::assertSound);
        var missing = missing(ledgers);
        var unknown = missing - counted;
        if (unknown < 0 || unknown > mostUnknown) {
            throw new AssertionError("does not close: " + missing + " missing, " + counted
                    + " counted as dropped; unknown may be 0 to " + mostUnknown + ", and is " + unknown
                    + "; missing first: " + ledgers.get(0).firstMissing());
        }
    }

    static long missing(List<TrafficLedger> ledgers) {
        return ledgers.stream().mapToLong(TrafficLedger::missing).sum();
    }

    /** As {@link #assertSound}, of what shows at once. */
    void assertNoOffence() {
        if (!offences.isEmpty()) {
            throw new AssertionError(name + ": " + offences);
        }
    }

    /** Nothing came twice, damaged, out of order, or though it was refused. */
    void assertSound() {
        var found = new ArrayList<>(offences);
        streams.forEach(stream -> stream.addUninvited(found));
        if (!found.isEmpty()) {
            throw new AssertionError(name + ": " + found);
        }
    }

    private List<String> firstMissing() {
        var first = new ArrayList<String>();
        streams.forEach(stream -> stream.addMissing(first));
        return first.subList(0, Math.min(first.size(), MOST_OFFENCES));
    }

    @Override
    public String toString() {
        return name + ": " + taken() + " taken, " + arrived() + " arrived, " + missing() + " missing " + firstMissing()
                + ", " + offences;
    }

    /** The messages of one sending thread. */
    final class Stream {
        private final String of;
        private final int id;
        private final BitSet taken = new BitSet();
        private final BitSet refused = new BitSet();
        private final BitSet arrived = new BitSet();
        private int next;

        private Stream(String of, int id) {
            this.of = of;
            this.id = id;
        }

        /** The number that its parcels carry. */
        int id() {
            return id;
        }

        /** The next message to try to send. */
        synchronized Parcel next() {
            return new Parcel(id, next++);
        }

        synchronized void taken(Parcel parcel) {
            taken.set(parcel.number());
        }

        /** The library said that it was not sent: it must never arrive. */
        synchronized void refused(Parcel parcel) {
            refused.set(parcel.number());
        }

        private synchronized void arrived(Parcel parcel, Reader reader) {
            if (arrived.get(parcel.number())) {
                offend(of + " " + parcel.number() + " came twice");
            }
            arrived.set(parcel.number());
            reader.checkOrder(this, parcel.number());
        }

        private synchronized long count(BitSet of) {
            return of.cardinality();
        }

        private synchronized BitSet gaps() {
            var gaps = (BitSet) taken.clone();
            gaps.andNot(arrived);
            return gaps;
        }

        private long missing() {
            return gaps().cardinality();
        }

        private void addMissing(List<String> to) {
            gaps().stream().limit(MOST_OFFENCES).forEach(number -> to.add(of + " " + number));
        }

        private synchronized void addUninvited(List<String> to) {
            var uninvited = (BitSet) refused.clone();
            uninvited.and(arrived);
            uninvited.stream()
                    .limit(MOST_OFFENCES)
                    .forEach(number ->
                            to.add(of + " " + number + " arrived though the library said that it was not sent"));
        }
    }

    /** One who receives; used by one thread at a time if it is ordered. */
    final class Reader {
        private final int id;
        private final boolean ordered;
        private int[] last = new int[0];

        private Reader(int id, boolean ordered) {
            this.id = id;
            this.ordered = ordered;
        }

        /** Enters a message; its parcel begins at the given frame. */
        void note(Frames message, int at) {
            try {
                note(Parcel.unpack(message, at));
            } catch (AssertionError e) {
                offend(e.getMessage());
            }
        }

        void note(Parcel parcel) {
            if (parcel.stream() < 0 || parcel.stream() >= streams.size()) {
                offend("from nobody: " + parcel);
                return;
            }
            streams.get(parcel.stream()).arrived(parcel, this);
        }

        private void checkOrder(Stream stream, int number) {
            if (!ordered) {
                return;
            }
            synchronized (this) {
                if (last.length <= stream.id) {
                    last = Arrays.copyOf(last, streams.size());
                }
                if (number + 1 < last[stream.id]) {
                    offend(stream.of + " " + number + " came after " + (last[stream.id] - 1) + " at reader " + id);
                }
                last[stream.id] = Math.max(last[stream.id], number + 1);
            }
        }
    }
}
