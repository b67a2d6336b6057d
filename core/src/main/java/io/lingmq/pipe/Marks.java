package io.lingmq.pipe;

/**
 * The high-water marks of a pipe; 0 is without limit.
 *
 * @param send most messages that wait to be sent
 * @param receive most messages that wait to be received
 * @param sendOctets from so many octets on that wait to be sent no message is added
 * @param receiveOctets from so many octets on that wait to be received no message is added
 */
public record Marks(int send, int receive, long sendOctets, long receiveOctets) {
    /** Marks in messages alone. */
    public static Marks inMessages(int send, int receive) {
        return new Marks(send, receive, 0, 0);
    }
}
