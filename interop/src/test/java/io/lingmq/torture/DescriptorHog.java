package io.lingmq.torture;

import io.lingmq.Context;
import io.lingmq.error.ClosedException;
import io.lingmq.testkit.Await;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Takes all descriptors that the process can have, holds them for a moment, and gives them back, again and again. */
final class DescriptorHog {
    private static final int MOST = 4096;
    /** What the test itself needs of classes, which take a descriptor to load; the library must look after its own. */
    private static final List<Class<?>> OWN = List.of(Torture.class, Await.class, ClosedException.class);

    private DescriptorHog() {}

    /** Starts where the run asks for it, by {@code -Dtorture.hog=true}: it disturbs the whole process. */
    static void startIfAsked(Turn turn) {
        if (Boolean.getBoolean("torture.hog")) {
            OWN.forEach(DescriptorHog::load);
            letTheLibraryLoadItsOwn();
            var random = turn.random();
            turn.start("hog", () -> takeAndGiveBack(turn, random));
        }
    }

    /** It does so with the first I/O thread, which a turn over inproc alone never has. */
    private static void letTheLibraryLoadItsOwn() {
        try (var context = Context.open();
                var socket = context.pull()) {
            socket.bind("tcp://127.0.0.1:*");
        }
    }

    /** Loads all classes in the folder of one. */
    private static void load(Class<?> one) {
        try (var files = Files.list(
                Path.of(one.getResource(one.getSimpleName() + ".class").toURI()).getParent())) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("Test") && !name.startsWith("package-")) {
                    Class.forName(one.getPackageName() + "." + name.substring(0, name.length() - ".class".length()));
                }
            }
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException("cannot load what the test needs", e);
        }
    }

    private static Void takeAndGiveBack(Turn turn, Random random) throws IOException, InterruptedException {
        while (turn.goesOn()) {
            var held = new ArrayList<FileInputStream>();
            try {
                while (held.size() < MOST) {
                    held.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                Pauses.ms(random.nextInt(50)); // there are none left, which was the aim
            } finally {
                for (var file : held) {
                    file.close();
                }
            }
            Pauses.ms(random.nextInt(20));
        }
        return null;
    }
}
