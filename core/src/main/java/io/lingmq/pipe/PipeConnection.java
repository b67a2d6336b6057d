package io.lingmq.pipe;

/** The connection that carries a wire pipe's bytes, as the pipe sees it. Called from any thread; must not block. */
public interface PipeConnection {
    /**
     * The pipe has bytes to write where it had none.
     *
     * @param moreFollows whether more is likely to follow at once, which one write could carry together
     */
    void outputReady(boolean moreFollows);

    /** The pipe is full, or holds enough: writes in the calling thread what it can; false if something is left. */
    boolean writeInline();

    /**
     * The pipe's sender is far ahead: writes in the calling thread, and waits for the channel meanwhile, until all is
     * written; false if it was not when the time was over.
     */
    boolean writeAll(long longestNs);

    /**
     * The pipe's sender has nothing else to do: writes in the calling thread, or sees to it that who writes goes on.
     */
    void flush();

    /** The pipe is empty and its receiver has time: reads in the calling thread; false if nothing came. */
    boolean readInline();

    /** Whoever called {@link #readInline} looks no longer. */
    void stopReadingInline();

    /** The pipe has room for more messages of the peer where it had none. */
    void inputWanted();

    /** The pipe {@linkplain WirePipe#holdsMuch holds much} for an idle one. */
    void grown();

    /** The peer broke a rule of the pattern and is to be disconnected. */
    void refuse(String reason);

    /** The connection is to end when all that the pipe holds is written. */
    void hangUp();
}
