package io.lingmq.pattern;

import io.lingmq.option.SocketType;
import io.lingmq.routing.Drops;
import java.util.random.RandomGenerator;

/** Which pattern a socket type follows. */
public final class Patterns {
    private Patterns() {}

    /**
     * A new pattern of the given type.
     *
     * @param drops counts what it drops
     * @param random gives the first of the numbers that peers are to be told apart by, and must not guess
     */
    public static Pattern of(SocketType type, Drops drops, RandomGenerator random) {
        return switch (type) {
            case PAIR -> new Pair(drops);
            case PUB -> new Pub(drops);
            case SUB -> new Sub(drops);
            case REQ -> new Req(drops, random);
            case REP -> new Rep(drops);
            case DEALER -> new Dealer(drops);
            case ROUTER -> new Router(drops, random);
            case PULL -> new Pull(drops);
            case PUSH -> new Push();
            case XPUB -> new XPub(drops, true);
            case XSUB -> new XSub(drops);
            case STREAM -> new Stream(drops, random);
        };
    }
}
