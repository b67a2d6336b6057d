package io.lingmq.cli;

import io.lingmq.cli.completion.CompletionCommand;
import io.lingmq.cli.demo.DemoCommand;
import io.lingmq.cli.inspect.InspectCommand;
import io.lingmq.cli.manual.ManualCommand;
import io.lingmq.cli.peers.PeersCommand;
import io.lingmq.cli.perf.PerfCommand;
import io.lingmq.cli.proxy.Device;
import io.lingmq.cli.proxy.ProxyCommand;
import io.lingmq.cli.proxy.ProxyPages;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.HelpPage;
import io.lingmq.cli.shell.LingCommand;
import io.lingmq.cli.socket.SocketCommand;
import io.lingmq.cli.socket.SocketPages;
import io.lingmq.option.SocketType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of {@code ling}: its own, and those of other modules. */
final class Commands {
    /** The one that picocli brings. */
    static final String HELP = "help";

    private static final Set<String> VERSION = Set.of("--version", "-V");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    /** In the order in which a newcomer would meet them. */
    private static final List<SocketType> TYPES = List.of(
            SocketType.REQ,
            SocketType.REP,
            SocketType.PUB,
            SocketType.SUB,
            SocketType.PUSH,
            SocketType.PULL,
            SocketType.PAIR,
            SocketType.DEALER,
            SocketType.ROUTER,
            SocketType.XPUB,
            SocketType.XSUB,
            SocketType.STREAM);

    private record Own(String name, HelpPage page, Function<Console, CommandSpec> full) implements LingCommand {
        @Override
        public CommandSpec spec(Console console) {
            return full.apply(console);
        }
    }

    private Commands() {}

    /** The commands of this module, in the order of the help page. */
    static List<LingCommand> own() {
        var commands = new ArrayList<LingCommand>();
        commands.add(new Own("demo", DemoCommand.page(), DemoCommand::spec));
        for (var type : TYPES) {
            var name = type.name().toLowerCase(Locale.ROOT);
            commands.add(new Own(name, SocketPages.of(type), console -> SocketCommand.spec(type, console)));
        }
        for (var device : Device.values()) {
            commands.add(
                    new Own(device.command(), ProxyPages.of(device), console -> ProxyCommand.device(device, console)));
        }
        commands.add(new Own("proxy", ProxyPages.proxy(), ProxyCommand::proxy));
        commands.add(new Own("peers", PeersCommand.page(), PeersCommand::spec));
        commands.add(new Own("inspect", InspectCommand.page(), InspectCommand::spec));
        commands.add(new Own("perf", PerfCommand.page(), PerfCommand::spec));
        commands.add(new Own(
                "completion", CompletionCommand.page(), console -> CompletionCommand.spec(console, Commands::all)));
        commands.add(new Own("manual", ManualCommand.page(), console -> ManualCommand.spec(console, Commands::all)));
        return commands;
    }

    private static List<LingCommand> all() {
        var all = new ArrayList<>(own());
        all.addAll(ofOtherModules(all));
        return all;
    }

    /**
     * Whether the arguments may want a command of another module, or the list of all. Where they begin with one of our
     * own, nobody need look for others, and the process starts as fast as if there were none.
     */
    static boolean mayBeOfAnother(List<LingCommand> own, String... args) {
        var at = args.length > 1 && args[0].equals(HELP) ? 1 : 0;
        var first = at < args.length ? args[at] : "";
        return !VERSION.contains(first)
                && own.stream().noneMatch(command -> command.name().equals(first));
    }

    /**
     * The commands that the service loader finds.
     *
     * @throws CommandFailure if one cannot be loaded, or has a name that is none or is taken
     */
    static List<LingCommand> ofOtherModules(List<LingCommand> own) {
        var found = new ArrayList<LingCommand>();
        try {
            ServiceLoader.load(LingCommand.class, Commands.class.getClassLoader())
                    .forEach(found::add);
        } catch (ServiceConfigurationError e) {
            throw CommandFailure.failed("a command of another module cannot be loaded: " + e.getMessage());
        }
        return checked(own, found);
    }

    /** The commands that were found, if each has a name of its own. */
    static List<LingCommand> checked(List<LingCommand> own, List<LingCommand> found) {
        var whose = new HashMap<String, String>();
        own.forEach(command -> whose.put(command.name(), "of ling itself"));
        whose.put(HELP, "of ling itself");
        for (var command : found) {
            var name = command.name();
            var owner = "of " + command.getClass().getName();
            if (!NAME.matcher(name).matches()) {
                throw CommandFailure.failed("a command cannot be called '" + name + "', as one " + owner
                        + " is: a name is lower case words and digits with hyphens");
            }
            var other = whose.putIfAbsent(name, owner);
            if (other != null) {
                throw CommandFailure.failed(
                        "two commands are called '" + name + "': one " + other + " and one " + owner);
            }
        }
        return found;
    }
}
