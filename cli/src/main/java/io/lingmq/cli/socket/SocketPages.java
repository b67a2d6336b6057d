package io.lingmq.cli.socket;

import io.lingmq.cli.shell.HelpPage;
import io.lingmq.option.SocketType;

/** What the help says of each socket type. */
public final class SocketPages {
    private SocketPages() {}

    /** The page of a type. */
    public static HelpPage of(SocketType type) {
        return switch (type) {
            case REQ -> req();
            case REP -> rep();
            case DEALER -> dealer();
            case ROUTER -> router();
            case PUB -> pub();
            case SUB -> sub();
            case XPUB -> xpub();
            case XSUB -> xsub();
            case PUSH -> push();
            case PULL -> pull();
            case PAIR -> pair();
            case STREAM -> stream();
        };
    }

    private static HelpPage req() {
        return HelpPage.of(
                "Send requests and print their replies.",
                "ling req --connect tcp://localhost:5559 --message 'Hello'",
                "ling req --connect tcp://localhost:5559 --message ping --count 10 --interval 1s --timeout 5s",
                "ling req --connect ipc:///tmp/req.ipc < requests.txt");
    }

    private static HelpPage rep() {
        return HelpPage.of(
                "Print requests and answer them.",
                "ling rep --bind tcp://*:5559 --reply 'From Server1:{}'",
                "ling rep --bind tcp://*:5556 --bind ipc:///tmp/req.ipc --echo",
                "ling rep --connect tcp://localhost:5560 --exec 'tr a-z A-Z'    # a worker behind a broker");
    }

    private static HelpPage dealer() {
        return HelpPage.of(
                        "Send messages to peers in turn and print what they answer.",
                        "ling dealer --connect tcp://localhost:5559 --frame '' --frame Hello    # to a rep or a broker",
                        "ling dealer --bind tcp://*:5560 --count 1                              # print one message",
                        "ling dealer --connect tcp://localhost:5559 --message hi --expect 0     # ask, and do not wait")
                .withDetails("A rep expects an empty frame in front of the request, which a req adds by itself and a"
                        + " dealer does not.");
    }

    private static HelpPage router() {
        return HelpPage.of(
                        "Print messages with their sender's name in front; send to the peer named in front.",
                        "ling router --bind tcp://*:5559 --count 3 --format json",
                        "ling router --bind tcp://*:5559 --peers 1 --frame worker1 --frame 'do this'",
                        "ling router --bind tcp://*:5559        # then answer by lines: NAME, tab, text")
                .withDetails("The first frame of every message is the routing id of the peer that it came from or goes"
                        + " to. A peer chooses its own with --routing-id; others get five bytes, shown as \\xHH.");
    }

    private static HelpPage stream() {
        return HelpPage.of(
                        "Talk to programs that know nothing of ZeroMQ: octets as they are.",
                        "ling stream --connect tcp://example.org:80 --connect-routing-id web --frame web"
                                + " --frame $'GET / HTTP/1.0\\r\\n\\r\\n' --expect 3",
                        "ling stream --bind tcp://*:7000        # then answer by lines: NAME, tab, text",
                        "ling stream --bind tcp://*:7000 --format json --stream-notify false")
                .withDetails("The first frame of every message is the routing id of the peer that it came from or goes"
                        + " to. What one read brings is one message. A message without text tells that a peer has come"
                        + " or gone; one that is sent ends the connection.");
    }

    private static HelpPage pub() {
        return HelpPage.of(
                "Publish messages to all who subscribed to them.",
                "ling pub --bind tcp://*:5563 --frame B --frame 'We would like to see this' --count 10 --interval 1s",
                "ling pub --bind tcp://*:5563 --peers 2 --message 'weather Berlin 21'    # once two have subscribed",
                "tail -f access.log | ling pub --connect tcp://collector:5563");
    }

    private static HelpPage sub() {
        return HelpPage.of(
                "Print the messages of publishers that begin with what was subscribed to.",
                "ling sub --connect tcp://localhost:5563 --connect tcp://localhost:5564 --subscribe B",
                "ling sub --connect tcp://localhost:5563 --count 1 --timeout 10s",
                "ling sub --bind tcp://*:5563 --format json");
    }

    private static HelpPage xpub() {
        return HelpPage.of(
                        "Publish messages, and print the subscriptions that come.",
                        "ling xpub --bind tcp://*:5563 --count 2                   # who subscribes to what?",
                        "ling xpub --bind tcp://*:5563 --peers 1 --message 'weather Berlin 21'")
                .withDetails("A subscription is printed as \\x01 and the topic, its end as \\x00 and the topic.");
    }

    private static HelpPage xsub() {
        return HelpPage.of(
                        "Print what publishers send, and send them subscriptions as messages.",
                        "ling xsub --connect tcp://localhost:5563 --subscribe B",
                        "ling xsub --connect tcp://localhost:5563 --message '\\x01B' --expect 5")
                .withDetails("A message that begins with \\x01 subscribes to the rest of it, one with \\x00 ends that;"
                        + " any other goes to the publishers.");
    }

    private static HelpPage push() {
        return HelpPage.of(
                "Hand out messages, each to one of the peers in turn.",
                "ling push --bind tcp://*:5558 --message 'Hello Client 1'",
                "ling push --bind tcp://*:5558 --peers 2 < tasks.txt       # starts when both workers are there",
                "ling push --connect tcp://localhost:5558 --connect tcp://localhost:5559 --message x --count 100");
    }

    private static HelpPage pull() {
        return HelpPage.of(
                "Print the messages that are handed out to this peer.",
                "ling pull --connect tcp://localhost:5558 --connect tcp://localhost:5559",
                "ling pull --bind tcp://*:5558 --count 100 --timeout 10s",
                "ling pull --bind tcp://127.0.0.1:* --format hex");
    }

    private static HelpPage pair() {
        return HelpPage.of(
                "Talk to exactly one peer, both ways.",
                "ling pair --bind tcp://*:5555                              # type to talk",
                "ling pair --connect tcp://localhost:5555 --message hello --expect 1");
    }
}
