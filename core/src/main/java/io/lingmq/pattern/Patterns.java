package io.lingmq.pattern;

import io.lingmq.option.SocketType;
import io.lingmq.routing.Drops;

/** Which pattern a socket type follows. */
public final class Patterns {
    private Patterns() {}

    /** A new pattern of the given type, which counts its drops where it is told. */
    public static Pattern of(SocketType type, Drops drops) {
        return switch (type) {
            case PAIR -> new Pair(drops);
            case PUB -> new Pub(drops);
            case SUB -> new Sub(drops);
            case REQ -> new Req(drops);
            case REP -> new Rep(drops);
            case DEALER -> new Dealer(drops);
            case ROUTER -> new Router(drops);
            case PULL -> new Pull(drops);
            case PUSH -> new Push();
            case XPUB -> new XPub(drops, true);
            case XSUB -> new XSub(drops);
        };
    }
}
