package io.lingmq.cli.proxy;

import io.lingmq.cli.shell.HelpPage;

/** What the help says of the proxies. */
public final class ProxyPages {
    private static final String SIDES = "Each side is one endpoint or several parted by commas, bound unless connect:"
            + " stands in front. Statistics are told on stderr at the end.";

    private ProxyPages() {}

    /** The page of the general proxy. */
    public static HelpPage proxy() {
        return HelpPage.of(
                        "Pass messages between two sockets of any types, in both directions, until interrupted.",
                        "ling proxy --frontend router:bind:tcp://*:5559 --backend dealer:bind:tcp://*:5560",
                        "ling proxy --frontend xsub:connect:tcp://a:5563,tcp://b:5563 --backend xpub:bind:tcp://*:5564",
                        "ling proxy --frontend pull:bind:tcp://*:5557 --backend push:bind:tcp://*:5558"
                                + " --capture pub:bind:tcp://*:5570")
                .withDetails(
                        "Each side is TYPE:bind:ENDPOINT or TYPE:connect:ENDPOINT; more endpoints of the same socket"
                                + " follow after commas: router:bind:tcp://*:5559,bind:ipc:///tmp/req.ipc.",
                        "Statistics are told on stderr at the end.");
    }

    /** The page of a proxy between sockets of fixed types. */
    public static HelpPage of(Device device) {
        return switch (device) {
            case QUEUE ->
                HelpPage.of(
                                "A broker: requests of many clients to many workers (ROUTER and DEALER).",
                                "ling queue --frontend tcp://*:5559 --backend tcp://*:5560",
                                "ling queue --frontend tcp://*:5559,ipc:///tmp/req.ipc --backend tcp://*:5560")
                        .withDetails(SIDES);
            case FORWARDER ->
                HelpPage.of(
                                "A meeting point: messages of many publishers to many subscribers (XSUB and XPUB).",
                                "ling forwarder --frontend tcp://*:5563 --backend tcp://*:5564",
                                "ling forwarder --frontend connect:tcp://weather:5563 --backend tcp://*:5563")
                        .withDetails(SIDES);
            case STREAMER ->
                HelpPage.of(
                                "A collecting point: work of many producers to many workers (PULL and PUSH).",
                                "ling streamer --frontend tcp://*:5557 --backend tcp://*:5558",
                                "ling streamer --frontend tcp://*:5557 --backend connect:tcp://a:5558,tcp://b:5558")
                        .withDetails(SIDES);
        };
    }
}
