package io.lingmq.session;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.support.OnReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the operating system tells that a peer has gone; all else of a connection is in {@link ConnectionTest}. */
class EndsOnRealChannelsTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endOfANamedPeerIsSeenWhileNobodyReads(boolean reset) {
        var settings = Settings.defaults().with(Options.RECEIVE_HWM, 1);
        try (var at = new OpenConnection(
                SocketType.ROUTER, settings, peer -> peer.greet().ready(Zmtp.ready("DEALER", "bob")))) {
            at.peer.send(Hex.join(Collections.nCopies(100_000, Zmtp.message("a message of some size"))
                    .toArray(new byte[0][])));
            Await.until("nothing more fits", () -> OnReactor.call(at.reactor, at.pipe::traffic) > 0);
            at.letTheReactorLook();
            if (reset) {
                at.peer.reset();
            } else {
                at.peer.close();
            }
            Await.until("the end is seen", () -> at.socket.closeReason != null);
        }
    }
}
