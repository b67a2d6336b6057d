package io.lingmq.session;

import io.lingmq.frame.CommandSink;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.ProtocolException;
import io.lingmq.wire.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of a connection's peer do: a PING is answered, a PONG is a sign of life, a subscription goes to a
 * publisher's socket as the message that means the same. Unknown commands are ignored, as RFC 37 asks.
 *
 * <p>Threading: the thread in the gate of the connection's input; {@link #go} before anybody reads.
 */
final class PeerCommands implements CommandSink {
    private final Dialect dialect;
    private final boolean takesSubscriptions;
    private @Nullable Input input;
    private @Nullable Pulse pulse;

    PeerCommands(Dialect dialect, boolean takesSubscriptions) {
        this.dialect = dialect;
        this.takesSubscriptions = takesSubscriptions;
    }

    /** From now on commands go to these. */
    void go(Input messages, Pulse signsOfLife) {
        input = messages;
        pulse = signsOfLife;
    }

    @Override
    public void onCommand(Command command, boolean inMessage) throws ProtocolException {
        switch (command.name()) {
            case Command.PING -> {
                if (pulse != null && dialect.hasCommands()) { // else it would not understand the answer
                    pulse.answer(command);
                }
            }
            case Command.PONG -> {
                if (pulse != null) {
                    pulse.answered(command);
                }
            }
            case Command.SUBSCRIBE, Command.CANCEL -> {
                if (takesSubscriptions) {
                    subscription(command, inMessage);
                }
            }
            default -> {}
        }
    }

    private void subscription(Command command, boolean inMessage) throws ProtocolException {
        if (inMessage) {
            throw new ProtocolException("a SUBSCRIBE or CANCEL stands between two frames of one message");
        }
        if (input != null) {
            var subscribes = command.name().equals(Command.SUBSCRIBE);
            input.insert(new Subscription(subscribes, command.dataBytes()).encode());
        }
    }
}
