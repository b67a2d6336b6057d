package io.lingmq.contract.rust;

import io.lingmq.contract.tin.TinTransport;
import io.lingmq.option.Settings;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.LinkLayer;
import io.lingmq.transport.Transport;
import java.io.IOException;
import java.util.List;

/** A transport over another one as another module brings it: tins that have lain in the rain. */
public final class RustTransport implements Transport {
    private static final LinkLayer RUST = RustLink::new;

    private final Tins tins = new Tins();

    private static final class Tins extends TinTransport {
        @Override
        public String scheme() {
            return "rust";
        }
    }

    /** As the service loader wants it. */
    public RustTransport() {}

    @Override
    public String scheme() {
        return tins.scheme();
    }

    @Override
    public Acceptor listen(String address, Settings settings) {
        return RUST.accepting(tins.listen(address, settings));
    }

    @Override
    public void check(String address) {
        tins.check(address);
    }

    @Override
    public String canonical(String address) {
        return tins.canonical(address);
    }

    @Override
    public boolean mayBlock(String address) {
        return tins.mayBlock(address);
    }

    @Override
    public List<Route> resolve(String address, Settings settings) {
        return tins.resolve(address, settings);
    }

    @Override
    public Connecting connect(Route route, Settings settings) throws IOException {
        return RUST.connecting(tins.connect(route, settings));
    }
}
