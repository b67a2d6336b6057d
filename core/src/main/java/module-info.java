/**
 * ZeroMQ for Java: sockets that carry whole messages in patterns, wire compatible with libzmq 4. A program begins with
 * {@link io.lingmq.Context}, which opens sockets.
 *
 * <h2>For users</h2>
 *
 * <ul>
 *   <li>{@link io.lingmq}: what programs are written with
 *   <li>{@link io.lingmq.message}: messages, and their frames
 *   <li>{@link io.lingmq.option}: socket types and options
 *   <li>{@link io.lingmq.error}: the exceptions
 *   <li>{@link io.lingmq.event}: what a monitor reports
 *   <li>{@link io.lingmq.security}: who may connect
 * </ul>
 *
 * <h2>For those who extend</h2>
 *
 * <p>Transports, security mechanisms and protocols of other modules; all this may still change from one version to the
 * next.
 *
 * <ul>
 *   <li>{@link io.lingmq.transport}: transports
 *   <li>{@link io.lingmq.reactor}: the thread that waits on their channels
 *   <li>{@link io.lingmq.mechanism}: security mechanisms
 *   <li>{@link io.lingmq.wire}: the words of ZMTP
 *   <li>{@link io.lingmq.engine}: protocols
 *   <li>{@link io.lingmq.frame}, {@link io.lingmq.chain}, {@link io.lingmq.pipe}: what these are made of
 * </ul>
 */
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
