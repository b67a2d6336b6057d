package io.lingmq.bench.peer;

import io.aeron.Aeron;
import io.aeron.ConcurrentPublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One end of an Aeron stream: bound it receives, connected it sends. */
final class AeronPort implements Port {
    private static final String CHANNEL = Aeron.Context.IPC_CHANNEL;

    private final AeronLibrary library;
    private final UnsafeBuffer sent = new UnsafeBuffer(new byte[0]);
    private final FragmentHandler taking = this::take;
    private byte @Nullable [] received;
    private @Nullable Subscription subscription;
    private @Nullable ConcurrentPublication publication;

    AeronPort(AeronLibrary library) {
        this.library = library;
    }

    @Override
    public void bind(String endpoint) {
        subscription = library.drive(endpoint).addSubscription(CHANNEL, AeronLibrary.stream(endpoint));
    }

    @Override
    public void connect(String endpoint) {
        publication = library.client(endpoint).addPublication(CHANNEL, AeronLibrary.stream(endpoint));
    }

    @Override
    public void send(byte[] body) {
        if (publication == null) {
            throw new IllegalStateException("only what is connected sends");
        }
        sent.wrap(body);
        while (publication.offer(sent) < 0) { // not connected yet, or far ahead
            Thread.onSpinWait();
        }
    }

    @Override
    public long receiveStamp(int size) {
        long stamp;
        while ((stamp = tryReceiveStamp(size)) == Stamp.NONE) {
            Thread.onSpinWait();
        }
        return stamp;
    }

    @Override
    public long tryReceiveStamp(int size) {
        if (subscription == null) {
            throw new IllegalStateException("only what is bound receives");
        }
        subscription.poll(taking, 1);
        var body = received;
        received = null;
        return body == null ? Stamp.NONE : Stamp.read(body, size);
    }

    private void take(DirectBuffer buffer, int offset, int length, Header header) {
        received = new byte[length];
        buffer.getBytes(offset, received);
    }

    @Override
    public int receive() {
        throw notHere();
    }

    @Override
    public int tryReceive() {
        throw notHere();
    }

    @Override
    public void echo() {
        throw notHere();
    }

    @Override
    public void subscribe(byte[] topic) {
        throw notHere();
    }

    @Override
    public void losslessAndVerbose() {
        throw notHere();
    }

    @Override
    public void marks(int messages) {
        throw notHere();
    }

    @Override
    public void sendWithoutLimit() {
        throw notHere();
    }

    @Override
    public void receiveWithoutLimit() {
        throw notHere();
    }

    @Override
    public void backlog(int peers) {
        throw notHere();
    }

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("Aeron does paced streams alone here");
    }
}
