import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/** A JeroMQ peer that is told what to do on standard input: those commands of c/peer.c that the matrix needs. */
final class OldPeer {
    private static final int BLOCK = 4096;
    private static final int PATIENCE_MS = 10_000;
    private static final int LINGER_MS = 2000;
    private static final int LAST_ENDPOINT = 32;

    private final ZMQ.Context context = ZMQ.context(1);
    private final Map<String, ZMQ.Socket> sockets = new HashMap<>();
    private final Map<String, List<byte[]>> kept = new HashMap<>();

    public static void main(String[] arguments) throws IOException {
        var peer = new OldPeer();
        System.out.println("ok jeromq " + ZMQ.getVersionString());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            try {
                System.out.println("ok " + peer.obey(line.strip().split(" +")));
            } catch (RuntimeException failure) {
                System.out.println("err " + String.valueOf(failure).replace('\n', ' '));
            }
        }
        System.exit(0); // its threads do not end by themselves
    }

    private String obey(String[] words) {
        if (words[0].equals("open")) {
            return open(words[1], words[2]);
        }
        var name = words[1];
        var socket = sockets.get(name);
        switch (words[0]) {
            case "set" -> socket.base().setSocketOpt(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "name" -> socket.base().setSocketOpt(Integer.parseInt(words[2]), octets(words[3]));
            case "bind" -> {
                socket.bind(words[2]);
                return String.valueOf(socket.base().getsockoptx(LAST_ENDPOINT));
            }
            case "connect" -> socket.connect(words[2]);
            case "send" -> send(socket, frames(words[2], kept.get(name)));
            case "recv" -> receive(name, socket, Integer.parseInt(words[2]), words[3].split(","));
            case "poke" -> socket.getEvents();
            case "close" -> sockets.remove(name).close();
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        }
        return "";
    }

    private String open(String name, String type) {
        try {
            var socket = context.socket(ZMQ.class.getField(type).getInt(null));
            socket.setLinger(LINGER_MS);
            socket.setSendTimeOut(PATIENCE_MS);
            sockets.put(name, socket);
            return "";
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("unknown type " + type, e);
        }
    }

    private static void send(ZMQ.Socket socket, List<byte[]> frames) {
        for (var i = 0; i < frames.size(); i++) {
            sendFrame(socket, frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    /** A ROUTER's peer may still be on its way. */
    private static void sendFrame(ZMQ.Socket socket, byte[] body, int flags) {
        var endNs = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (true) {
            try {
                if (!socket.send(body, flags)) {
                    throw new IllegalStateException("could not be sent within " + PATIENCE_MS + " ms");
                }
                return;
            } catch (ZMQException e) {
                if (e.getErrorCode() != ZError.EHOSTUNREACH || System.nanoTime() - endNs > 0) {
                    throw e;
                }
                Thread.yield();
            }
        }
    }

    private void receive(String name, ZMQ.Socket socket, int ms, String[] words) {
        socket.setReceiveTimeOut(ms);
        var message = new ArrayList<byte[]>();
        do {
            var body = socket.recv();
            if (body == null) {
                throw new IllegalStateException("nothing came within " + ms + " ms");
            }
            message.add(body);
        } while (socket.hasReceiveMore());
        if (message.size() != words.length) {
            throw new IllegalStateException(message.size() + " frames came, not " + words.length);
        }
        var any = new ArrayList<byte[]>();
        for (var i = 0; i < words.length; i++) {
            if (words[i].equals("*")) {
                any.add(message.get(i));
            } else if (!Arrays.equals(frame(words[i]), message.get(i))) {
                throw new IllegalStateException(
                        "frame " + i + " has " + message.get(i).length + " octets, and is not " + words[i]);
            }
        }
        kept.put(name, any);
    }

    private static List<byte[]> frames(String words, List<byte[]> kept) {
        var frames = new ArrayList<byte[]>();
        for (var word : words.split(",")) {
            if (word.equals("@")) {
                frames.addAll(kept);
            } else {
                frames.add(frame(word));
            }
        }
        return frames;
    }

    private static byte[] frame(String word) {
        var parts = word.split(":", -1);
        return parts[0].equals("gen")
                ? generate(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                : HexFormat.of().parseHex(parts[1]);
    }

    private static byte[] octets(String hex) {
        return hex.equals("-") ? new byte[0] : HexFormat.of().parseHex(hex);
    }

    /** The body that io.lingmq.testkit.Bodies describes. */
    private static byte[] generate(int seed, int size) {
        var block = new byte[BLOCK];
        var x = seed;
        for (var i = 0; i < BLOCK; i++) {
            x = x * 1103515245 + 12345;
            block[i] = (byte) (x >>> 16);
        }
        var body = new byte[size];
        for (var i = 0; i < size; i++) {
            body[i] = block[(i % BLOCK + i / BLOCK) % BLOCK];
        }
        if (size > 0) {
            body[0] |= (byte) 0x80;
        }
        return body;
    }
}
