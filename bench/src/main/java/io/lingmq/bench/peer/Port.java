package io.lingmq.bench.peer;

/** One socket of a {@link Library}. Sizes are those of the message's last frame. */
interface Port {
    /** What {@link #tryReceive} returns when there is nothing. */
    int NOTHING = -1;

    void bind(String endpoint);

    void connect(String endpoint);

    void subscribe(byte[] topic);

    /**
     * Publisher: waits for slow subscribers, and reports every subscription, also of a topic that is wanted already.
     */
    void losslessAndVerbose();

    /** High-water marks at both sides, in place of the default ones. */
    void marks(int messages);

    /** No high-water mark for what is sent: for more subscriptions than the default one lets pass at once. */
    void sendWithoutLimit();

    /** No high-water mark for what is received. */
    void receiveWithoutLimit();

    /** Room for many peers that connect at the same time. */
    void backlog(int peers);

    void send(byte[] body) throws InterruptedException;

    /** Receives a message and returns its size. */
    int receive() throws InterruptedException;

    /** Receives a message, makes sure of its size and returns its {@link Stamp}. */
    long receiveStamp(int size) throws InterruptedException;

    /** The same if there is a message, else {@link Stamp#NONE}. */
    long tryReceiveStamp(int size);

    /** Receives a message if there is one and returns its size, else {@link #NOTHING}. */
    int tryReceive();

    /** Receives a message and sends it back as it is. */
    void echo() throws InterruptedException;
}
