package io.lingmq.pipe;

/**
 * How much more a writer may put into one direction of a wire pipe: by both of its high-water marks, in messages and in
 * octets.
 *
 * <p>Threading: as in {@link Credit}: one writer, one reader.
 */
final class PipeCredit {
    private final Credit messages;
    private final OctetCredit octets = new OctetCredit();

    /** Credit for a pipe with the given mark in messages, and none in octets; 0 is without limit. */
    PipeCredit(int mark) {
        messages = new Credit(mark);
    }

    // ---- the writer's

    /** Whether one more message fits for certain, as last seen; {@link #available} looks again. */
    boolean isOpen() {
        return messages.room() > 0;
    }

    /** Whether one more message fits behind the {@code written} octets so far. */
    boolean available(long written) {
        return octets.available(written) && messages.available();
    }

    /** Lets {@link #isOpen} say no until the marks are looked at. */
    void close() {
        messages.close();
    }

    /** As {@link #close}, if the mark in octets is reached; else it is not before the returned number of octets. */
    long closeIfFull(long written) {
        if (!octets.available(written)) {
            close();
        }
        return octets.limit();
    }

    /** Some messages were put in. */
    void spend(long count) {
        messages.spend(count);
    }

    /** How many more messages surely fit, as last seen. */
    long room() {
        return messages.room();
    }

    /** Up to how many more octets another message surely fits, as last seen. */
    long octetRoom(long written) {
        return octets.limit() - written;
    }

    // ---- the reader's

    /**
     * A message was taken out, with {@code consumed} octets so far; true if a writer that found no room should hear.
     */
    boolean giveBack(long consumed, long left) {
        var hasRoomAgain = messages.giveBack(1) && left < messages.mark();
        return octets.giveBack(consumed) || hasRoomAgain;
    }

    /**
     * Some messages were taken out, perhaps none that is whole, and the writer should see that at once.
     *
     * @param consumed how many octets were taken out so far
     * @param left how many are left, at least
     * @return true if there may be room, where the writer perhaps found none
     */
    boolean giveBackNow(long count, long consumed, long left) {
        var isMore = octets.giveBackNow(consumed);
        if (count > 0) {
            messages.giveBackNow(count);
        }
        return octets.fitsBehind(left) && (count > 0 || (isMore && messages.mayHaveRoom()));
    }

    /** How many messages are inside, exact only when both ends rest. */
    long inside() {
        return messages.inside();
    }

    /** Reader: how many messages were taken out so far. */
    long taken() {
        return messages.taken();
    }

    // ---- by a thread that acts for both ends, or for one and has the other look again

    /** Changes both marks; 0 is without limit. */
    void changeMarks(int mostMessages, long mostOctets) {
        octets.changeMark(mostOctets);
        messages.changeMark(mostMessages); // so it is closed
    }

    /** The reader keeps nothing back: that may be more than the whole of a new mark. */
    void giveBackOctets(long consumed) {
        octets.giveBackNow(consumed);
    }
}
