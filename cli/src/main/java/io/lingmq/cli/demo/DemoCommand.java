package io.lingmq.cli.demo;

import io.lingmq.Context;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.error.LingException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code ling demo}: plays all scenes, each in a context of its own, and sums up. */
public final class DemoCommand implements Callable<Integer> {
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Console console;
    private int failures;
    private int arrivals;

    @Option(
            names = "--seed-ports",
            description = "Use the ports 5556 to 5564 and /tmp/req.ipc instead of free ones, so that other programs"
                    + " can look in.")
    private boolean seedPorts;

    private DemoCommand(Console console) {
        this.console = console;
    }

    /** What the help says. */
    public static HelpPage page() {
        return HelpPage.of("Walk through all patterns, live, on real sockets.", "ling demo", "ling demo --seed-ports")
                .withDetails(
                        "Request and reply, brokers, publish and subscribe, push and pull, tcp, ipc and inproc: each"
                                + " scene says what flows and checks that it arrived.",
                        "Ends with 1 if anything did not arrive.");
    }

    /** The command. */
    public static CommandSpec spec(Console console) {
        return page().on(CommandSpec.forAnnotatedObject(new DemoCommand(console)));
    }

    private static List<Scene> scenes() {
        return List.of(
                new RequestReply(),
                BrokerScene.withPoller(),
                BrokerScene.withProxy(),
                new PublishSubscribe(),
                new PushPull(),
                new Pipeline(),
                new TcpAndIpc(),
                new Inproc());
    }

    @Override
    public Integer call() throws InterruptedException {
        var begin = System.nanoTime();
        var scenes = scenes();
        for (var i = 0; i < scenes.size(); i++) {
            show(i + 1, scenes.get(i));
        }
        tell(String.format(
                Locale.ROOT,
                "%s: %d of %d scenes, %d messages arrived and were checked, %.1f s",
                failures == 0 ? good("all well") : bad("failed"),
                scenes.size() - failures,
                scenes.size(),
                arrivals,
                (System.nanoTime() - begin) / 1e9));
        return failures == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void show(int number, Scene scene) throws InterruptedException {
        tell(strong(number + ". " + scene.title()));
        var begin = System.nanoTime();
        try {
            play(scene);
            tell("   " + good("ok") + " " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        } catch (CommandFailure | LingException e) {
            failures++;
            tell("   " + bad("FAILED") + " " + e.getMessage());
        }
        tell("");
    }

    private void play(Scene scene) throws InterruptedException {
        var context = Context.open();
        try {
            var run = new SceneRun(context, seedPorts ? Places.wellKnown() : Places.free(), console);
            scene.play(run);
            arrivals += run.arrivals();
        } finally {
            context.close(CLOSING);
        }
    }

    private void tell(String line) {
        console.out().println(line);
        console.out().flush();
    }

    private String strong(String text) {
        return colored("1", text);
    }

    private String good(String text) {
        return colored("32", text);
    }

    private String bad(String text) {
        return colored("31", text);
    }

    /** Wraps the text in the terminal's code for a colour, where a terminal is looking. */
    private String colored(String code, String text) {
        return console.decorated() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
