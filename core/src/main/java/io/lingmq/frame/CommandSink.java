package io.lingmq.frame;

import io.lingmq.wire.Command;
import io.lingmq.wire.ProtocolException;

/** Receives the commands that come between messages. */
public interface CommandSink {
    /** A command has come; {@code inMessage} says that it stands between two frames of one message. */
    void onCommand(Command command, boolean inMessage) throws ProtocolException;
}
