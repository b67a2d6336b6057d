package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.Requester;
import io.lingmq.message.Message;
import io.lingmq.option.ReplierSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Asks several servers the same thing, and takes the first reply, or so many, or all that come in time. */
public final class GatherReplies {
    private GatherReplies() {}

    /** Asks three servers, one of which is silent. */
    public static void main(String... args) throws InterruptedException {
        var impatient = ReplierSettings.defaults().withDrainTime(Duration.ZERO);
        try (var context = Context.open();
                var alice = context.replier(request -> Message.of("42"), Runnable::run);
                var bob = context.replier(request -> Message.of("42"), Runnable::run);
                var carol = context.replier(request -> Message.of("42"), task -> {}, impatient)) { // does nothing
            alice.bind("inproc://alice");
            bob.bind("inproc://bob");
            carol.bind("inproc://carol");

            var servers = new ArrayList<Requester>(); // one for each: a requester gives a request to one server
            for (var name : List.of("alice", "bob", "carol")) {
                var server = context.requester();
                server.connect("inproc://" + name);
                servers.add(server);
            }

            System.out.println("first:  " + gather(servers, "6 × 7?", 1, Duration.ofSeconds(10)));
            System.out.println("quorum: " + gather(servers, "6 × 7?", 2, Duration.ofSeconds(10)));
            System.out.println("all:    " + gather(servers, "6 × 7?", 3, Duration.ofSeconds(1)));
        }
    }

    /** The first replies, as many as wanted; fewer if the time is over before. */
    static List<String> gather(List<Requester> servers, String question, int wanted, Duration time)
            throws InterruptedException {
        var endNs = System.nanoTime() + time.toNanos();
        var replies = new LinkedBlockingQueue<Message>();
        var asked = servers.stream()
                .map(server -> server.requestAsync(Message.of(question), time))
                .toList();
        asked.forEach(one -> {
            var unused = one.thenAccept(replies::add);
        });

        var taken = new ArrayList<String>();
        while (taken.size() < wanted) {
            var reply = replies.poll(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (reply == null) {
                break;
            }
            taken.add(reply.text());
        }
        asked.forEach(one -> one.cancel(false)); // who has not replied need not
        return taken;
    }
}
