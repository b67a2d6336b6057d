package io.lingmq.contract.morse;

import io.lingmq.contract.tin.TinTransport;
import io.lingmq.option.Settings;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.StreamTransport;
import java.io.IOException;
import java.util.List;

/** A transport with a protocol of its own: a tin on which nobody speaks ZMTP. */
public final class MorseTransport implements StreamTransport {
    private final TinTransport tin = new TinTransport();

    /** As the service loader wants it. */
    public MorseTransport() {}

    @Override
    public String scheme() {
        return "morse";
    }

    @Override
    public Acceptor listen(String address, Settings settings) {
        return MorseLink.accepting(tin.listen(address, settings));
    }

    @Override
    public void check(String address) {
        tin.check(address);
    }

    @Override
    public String canonical(String address) {
        return tin.canonical(address);
    }

    @Override
    public boolean mayBlock(String address) {
        return tin.mayBlock(address);
    }

    @Override
    public List<Route> resolve(String address, Settings settings) {
        return tin.resolve(address, settings);
    }

    @Override
    public Connecting connect(Route route, Settings settings) throws IOException {
        return MorseLink.connecting(tin.connect(route, settings));
    }
}
