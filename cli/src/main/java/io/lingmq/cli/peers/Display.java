package io.lingmq.cli.peers;

import java.util.List;

/** Where rows are shown. */
interface Display extends AutoCloseable {
    /**
     * Shows how things stand.
     *
     * @param all the rows of all peers that there are, in the order in which they came
     * @param changed those that are new, gone, or not as they were
     */
    void show(List<PeerRow> all, List<PeerRow> changed);

    /** Nothing more is shown. */
    @Override
    void close();
}
