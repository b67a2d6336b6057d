package io.lingmq.pipe;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;

/**
 * The high-water marks of a pipe; 0 is without limit.
 *
 * @param send most messages that wait to be sent
 * @param receive most messages that wait to be received
 * @param sendOctets from so many octets on that wait to be sent no message is added
 * @param receiveOctets from so many octets on that wait to be received no message is added
 */
public record Marks(int send, int receive, long sendOctets, long receiveOctets) {
    /** The marks that an endpoint's settings ask for. */
    public static Marks of(Settings settings) {
        return new Marks(
                settings.get(Options.SEND_HWM),
                settings.get(Options.RECEIVE_HWM),
                settings.get(Options.SEND_HWM_BYTES),
                settings.get(Options.RECEIVE_HWM_BYTES));
    }

    /** Marks in messages alone. */
    public static Marks inMessages(int send, int receive) {
        return new Marks(send, receive, 0, 0);
    }
}
