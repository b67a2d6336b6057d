package io.lingmq.interop;

import io.lingmq.option.Option;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A libzmq socket in another process. Frames are written as that process reads them, see {@code c/peer.c}. */
public final class PeerSocket implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;
    private static final int SUBSCRIBE = 6;

    private final PeerProcess peer;
    private final String id;

    PeerSocket(PeerProcess peer, String id) {
        this.peer = peer;
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Binds, and returns the real endpoint. */
    public String bind(String endpoint) {
        return peer.tell("bind " + id + " " + endpoint);
    }

    public void connect(String endpoint) {
        peer.tell("connect " + id + " " + endpoint);
    }

    public void set(Option<?> option, int value) {
        peer.tell("set " + id + " " + option.libzmqNumber() + " " + value);
    }

    public void name(Option<byte[]> option, String value) {
        nameHex(option.libzmqNumber(), value);
    }

    public void nameText(Option<String> option, String value) {
        nameHex(option.libzmqNumber(), value);
    }

    public void subscribe(String topic) {
        nameHex(SUBSCRIBE, topic);
    }

    private void nameHex(int option, String value) {
        peer.tell("name " + id + " " + option + " " + (value.isEmpty() ? "-" : hex(value)));
    }

    public void send(String frames) {
        peer.tell("send " + id + " " + frames);
    }

    /** Receives a message and has it compared there. */
    public void expect(String frames) {
        peer.tell("recv " + id + " " + PATIENCE_MS + " " + frames);
    }

    /** Receives a message of one frame of text. */
    public String takeText() {
        var hex = peer.tell("take " + id + " " + PATIENCE_MS);
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    /** Receives a message; its frames in hexadecimal, parted by commas. */
    public String take() {
        return peer.tell("take " + id + " " + PATIENCE_MS);
    }

    /** Lets libzmq do what waits for the socket: it works only inside the application's calls. */
    public void poke() {
        peer.tell("poke " + id);
    }

    @Override
    public void close() {
        peer.tell("close " + id);
    }

    /** A text as a frame. */
    public static String text(String text) {
        return "hex:" + hex(text);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
