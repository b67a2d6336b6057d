/** ZeroMQ for Java: sockets that carry whole messages in patterns, wire compatible with libzmq 4. */
module io.lingmq {
    requires static org.jspecify;

    exports io.lingmq;
    exports io.lingmq.chain;
    exports io.lingmq.engine;
    exports io.lingmq.error;
    exports io.lingmq.event;
    exports io.lingmq.frame;
    exports io.lingmq.mechanism;
    exports io.lingmq.message;
    exports io.lingmq.option;
    exports io.lingmq.pipe;
    exports io.lingmq.reactor;
    exports io.lingmq.security;
    exports io.lingmq.transport;
    exports io.lingmq.wire;

    uses io.lingmq.mechanism.MechanismProvider;
    uses io.lingmq.option.OptionFamily;
    uses io.lingmq.transport.Transport;
}
