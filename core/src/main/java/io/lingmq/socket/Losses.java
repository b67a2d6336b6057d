package io.lingmq.socket;

import io.lingmq.event.CloseReport;
import io.lingmq.event.CloseReport.SocketLoss;
import java.util.ArrayList;
import java.util.List;

/**
 * What the sockets of a context have lost that are closed. A context may live long and see very many of them: the first
 * are kept apart, of the others the sum.
 *
 * <p>Threading: any thread.
 */
final class Losses {
    private final List<SocketLoss> sockets = new ArrayList<>();
    private long lost;

    synchronized void add(SocketLoss loss) {
        lost += loss.lost();
        if (loss.lost() > 0 && sockets.size() < CloseReport.MOST_NAMED) {
            sockets.add(loss);
        }
    }

    synchronized CloseReport report() {
        return lost == 0 ? CloseReport.NOTHING_LOST : new CloseReport(lost, sockets);
    }
}
