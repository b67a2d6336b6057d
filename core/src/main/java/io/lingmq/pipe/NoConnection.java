package io.lingmq.pipe;

/** Stands for the connection of a pipe that has none now: nothing is written or read, and nobody hears of anything. */
final class NoConnection implements PipeConnection {
    static final PipeConnection NONE = new NoConnection();

    private NoConnection() {}

    @Override
    public void outputReady(boolean moreFollows) {}

    @Override
    public boolean writeInline() {
        return false;
    }

    @Override
    public boolean writeAll(long longestNs) {
        return false;
    }

    @Override
    public void flush() {}

    @Override
    public boolean readInline() {
        return false;
    }

    @Override
    public void stopReadingInline() {}

    @Override
    public void inputWanted() {}

    @Override
    public void grown() {}

    @Override
    public void refuse(String reason) {}

    @Override
    public void hangUp() {}
}
