package io.lingmq.torture;

import io.lingmq.AnySocket;
import io.lingmq.Context;
import io.lingmq.interop.PeerLanguage;
import io.lingmq.interop.PeerProcess;
import io.lingmq.interop.PeerSocket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.FaultProxy;
import io.lingmq.testkit.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.opentest4j.TestAbortedException;

/**
 * Streams to and from libzmq, in C, Python and PHP, with tiny marks, while its process is stopped and continued, and in
 * some turns over connections that are cut. Without cuts all arrives, in order; with cuts nothing comes twice or
 * damaged, and no half of a message.
 */
final class LibzmqScenario implements Scenario {
    private static final String SILENCE_MS = "1500";

    @Override
    public Set<Promise> checks() {
        return EnumSet.of(Promise.QUEUE_FULL, Promise.RECEIVE_FULL);
    }

    @Override
    public String lacks() {
        return Languages.SPOKEN.isEmpty() && !Languages.MUST_ALL ? "no libzmq peer in any language" : "";
    }

    /** Looked up once: which languages can be spoken here. */
    private static final class Languages {
        static final boolean MUST_ALL = "true".equals(System.getenv("CI"));
        static final List<String> MISSING = new ArrayList<>();
        static final List<PeerLanguage> SPOKEN = Arrays.stream(PeerLanguage.values())
                .filter(Languages::isLibzmqs)
                .filter(Languages::speaks)
                .toList();

        /** An old JeroMQ is no libzmq: it keeps other promises. */
        private static boolean isLibzmqs(PeerLanguage language) {
            return language != PeerLanguage.JEROMQ;
        }

        private static boolean speaks(PeerLanguage language) {
            try (var peer = PeerProcess.start(language)) {
                return peer.program().isAlive();
            } catch (TestAbortedException | AssertionError e) {
                MISSING.add(String.valueOf(e.getMessage()));
                System.out.println(
                        "soak: left out: " + String.valueOf(e.getMessage()).strip());
                return false;
            }
        }
    }

    @Override
    public void run(Turn turn) throws Exception {
        if (Languages.MUST_ALL && !Languages.MISSING.isEmpty()) {
            throw new AssertionError("with CI=true no peer may be missing: " + Languages.MISSING);
        }
        new Play(turn).play();
    }

    private static final class Play {
        private final Turn turn;
        private final PeerProcess peer;
        private final AnySocket ours;
        private final PeerSocket theirs;
        private final boolean weSend;
        private final boolean cuts;
        private final int count;
        private final int size;
        private final Ledger ledger = new Ledger();

        Play(Turn turn) {
            this.turn = turn;
            weSend = turn.chance(50);
            cuts = turn.chance(40);
            count = turn.between(500, 3000);
            size = turn.between(8, 3000);
            var language = turn.oneOf(Languages.SPOKEN);
            peer = turn.keep(PeerProcess.start(language));
            var context = turn.keep(Context.builder()
                    .socketDefault(Options.LINGER, Duration.ZERO)
                    .socketDefault(Options.SEND_TIMEOUT, Turn.PATIENCE)
                    .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(5))
                    .open());
            ours = context.socket(weSend ? SocketType.PUSH : SocketType.PULL);
            theirs = peer.open(weSend ? SocketType.PULL : SocketType.PUSH);
            theirs.set(weSend ? Options.RECEIVE_HWM : Options.SEND_HWM, turn.between(1, 50));
            ours.set(weSend ? Options.SEND_HWM : Options.RECEIVE_HWM, turn.between(1, 50));
            turn.note(language + ", we send " + weSend + ", cuts " + cuts + ", " + count + " of " + size + " octets");
        }

        void play() throws Exception {
            join();
            var disturbing = turn.start("stopping", this::stopAndContinue);
            if (weSend) {
                send();
            } else {
                receive();
            }
            turn.join(List.of(disturbing));
            if (cuts) {
                ledger.assertUnique();
            } else {
                ledger.assertOrderedAndUnique();
                Counted.assertEqual("what arrived", count, ledger.count());
                turn.kept(Promise.QUEUE_FULL, Promise.RECEIVE_FULL);
            }
        }

        private void join() {
            var way = cuts ? Way.TCP : turn.oneOf(Way.TCP, Way.IPC);
            var weBind = turn.chance(50);
            var endpoint = weBind ? ours.bind(way.endpoint()) : theirs.bind(way.endpoint());
            if (cuts) {
                var proxy = turn.keep(FaultProxy.to(endpoint));
                var random = turn.random();
                endpoint = proxy.endpoint();
                turn.start("cutting", () -> {
                    while (turn.goesOn()) {
                        Pauses.ms(random.nextInt(300));
                        proxy.cutAfter(FaultProxy.Direction.FROM_CLIENT, random.nextInt(50_000));
                        proxy.cutAfter(FaultProxy.Direction.FROM_SERVER, random.nextInt(50_000));
                    }
                    return null;
                });
            }
            if (weBind) {
                theirs.connect(endpoint);
            } else {
                ours.connect(endpoint);
            }
        }

        private Void stopAndContinue() throws Exception {
            for (var i = 0; i < 4; i++) {
                Pauses.ms(50L * i);
                Jvm.stop(peer.program());
                Pauses.ms(100);
                Jvm.goOn(peer.program());
            }
            return null;
        }

        /** They print the number of each that they receive, and end after a silence. */
        private void send() throws InterruptedException {
            peer.start("tell " + theirs.id() + " " + count + " " + (cuts ? SILENCE_MS : "30000"));
            var rest = Arrays.copyOfRange(Bodies.of(1, size), 8, size);
            for (var n = 0; n < count; n++) {
                var head = "%08d".formatted(n).getBytes(StandardCharsets.US_ASCII);
                ours.send(Message.of(concat(head, rest)));
            }
            for (var line = peer.line(Turn.PATIENCE); line.startsWith("n "); line = peer.line(Turn.PATIENCE)) {
                ledger.note(Integer.parseInt(line.substring(2)));
            }
        }

        private void receive() throws InterruptedException {
            peer.start("pour " + theirs.id() + " 0 " + count + " " + size);
            var rest = Arrays.copyOfRange(Bodies.of(1, size), 8, size);
            var silence = cuts ? Duration.ofMillis(Long.parseLong(SILENCE_MS)) : Turn.PATIENCE;
            for (var n = 0; n < count; n++) {
                var message = ours.receive(silence);
                if (message == null) {
                    break;
                }
                var body = message.bytes();
                if (message.isMultipart() || !Arrays.equals(rest, Arrays.copyOfRange(body, 8, body.length))) {
                    throw new AssertionError("damaged: " + message);
                }
                ledger.note(Integer.parseInt(new String(body, 0, 8, StandardCharsets.US_ASCII)));
            }
        }

        private static byte[] concat(byte[] head, byte[] rest) {
            var all = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, all, head.length, rest.length);
            return all;
        }
    }
}
