package io.lingmq.torture;

import io.lingmq.Sender;
import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** A thread that publishes parcels under several topics, and enters each into the ledgers of those who want it. */
final class Publishing implements Callable<Void> {
    static final List<String> TOPICS = List.of("a", "ab", "b");

    private final Turn turn;
    private final Sender socket;
    private final Map<TrafficLedger.Stream, String> wanted;
    private final Random random;
    private final int id;
    private int number;

    /** @param subscribers the ledger of each, and the topic that it subscribed to */
    Publishing(Turn turn, String name, Sender socket, Map<TrafficLedger, String> subscribers) {
        this.turn = turn;
        this.socket = socket;
        random = turn.random();
        wanted = subscribers.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().stream(name), Map.Entry::getValue));
        id = wanted.keySet().iterator().next().id(); // the same in all, since they get their streams together
    }

    @Override
    public Void call() {
        while (turn.goesOn()) {
            publish();
        }
        return null;
    }

    /** One message; false once the socket is closed. */
    boolean publish() {
        var topic = TOPICS.get(random.nextInt(TOPICS.size()));
        var parcel = new Parcel(id, number++);
        var message = parcel.pack(random, 0, 2000).withFirst(topic.getBytes(StandardCharsets.UTF_8));
        boolean taken;
        boolean open = true;
        try {
            taken = send(message);
        } catch (ClosedException e) {
            taken = false;
            open = false;
        }
        for (var entry : wanted.entrySet()) {
            if (!taken) {
                entry.getKey().refused(parcel);
            } else if (topic.startsWith(entry.getValue())) {
                entry.getKey().taken(parcel);
            }
        }
        return open;
    }

    private boolean send(Message message) {
        try {
            switch (random.nextInt(4)) {
                case 0 -> socket.send(message);
                case 1 -> {
                    return socket.send(message, Duration.ofMillis(random.nextInt(20)));
                }
                case 2 -> {
                    var future = socket.sendAsync(message);
                    return !(turn.has(Trouble.CANCELS) && random.nextBoolean() && future.cancel(false))
                            && ParcelSender.finished(future);
                }
                default -> {
                    if (!socket.trySend(message)) {
                        Pauses.aMoment(random);
                        return false;
                    }
                }
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
