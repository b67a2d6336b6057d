package io.lingmq.cli.completion;

import java.util.List;
import java.util.stream.Collectors;

/** A shell, and how it is told what can be written. */
public enum Shell {
    /** GNU bash. */
    BASH {
        @Override
        String script(List<Choices> commands) {
            return "# bash completion of ling: source it, or store it as ling in the folder of completions\n"
                    + bash(commands);
        }
    },
    /** Zsh, which understands what is made for bash. */
    ZSH {
        @Override
        String script(List<Choices> commands) {
            return "# zsh completion of ling: source it behind compinit\n"
                    + "autoload -U +X bashcompinit && bashcompinit\n" + bash(commands);
        }
    },
    /** Fish. */
    FISH {
        @Override
        String script(List<Choices> commands) {
            return "# fish completion of ling: store it as ~/.config/fish/completions/ling.fish\n"
                    + "complete -c ling -f\n"
                    + commands.stream().map(Shell::fish).collect(Collectors.joining());
        }
    };

    /** What the shell is to read. */
    abstract String script(List<Choices> commands);

    /** The value of an option comes first, for it may be anything; then the command's options, then the commands. */
    private static String bash(List<Choices> commands) {
        var names = commands.stream().map(Choices::name).collect(Collectors.joining(" "));
        var script = new StringBuilder("_ling() {\n  local cur=\"${COMP_WORDS[COMP_CWORD]}\"");
        script.append(" prev=\"${COMP_WORDS[COMP_CWORD-1]}\" words=\"\"\n  COMPREPLY=()\n");
        script.append("  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words=\"").append(names);
        script.append(" --help --version\"\n  else\n    case \"${COMP_WORDS[1]}\" in\n");
        script.append("      help) words=\"").append(names).append("\" ;;\n");
        commands.forEach(command -> bash(command, script));
        return script.append("    esac\n  fi\n")
                .append("  COMPREPLY=( $(compgen -W \"$words\" -- \"$cur\") )\n}\ncomplete -F _ling ling\n")
                .toString();
    }

    private static void bash(Choices command, StringBuilder script) {
        script.append("      ").append(command.name()).append(")\n        case \"$prev\" in\n");
        command.withValue().forEach(flag -> {
            var then = flag.file()
                    ? "COMPREPLY=( $(compgen -f -- \"$cur\") ); return"
                    : flag.values().isEmpty()
                            ? "return"
                            : "words=\"" + String.join(" ", flag.values())
                                    + (flag.takesValue() ? "" : " " + command.words()) + "\"";
            script.append("          ").append(String.join("|", flag.names()));
            script.append(") ").append(then).append(" ;;\n");
        });
        script.append("          *) words=\"").append(command.words()).append("\" ;;\n        esac ;;\n");
    }

    private static String fish(Choices command) {
        var line = "complete -c ling -n __fish_use_subcommand -a " + command.name() + " -d " + quoted(command.summary())
                + "\n";
        return line
                + command.flags().stream()
                        .map(flag -> fish(command.name(), flag))
                        .collect(Collectors.joining());
    }

    private static String fish(String command, Choices.Flag flag) {
        var line = new StringBuilder("complete -c ling -n '__fish_seen_subcommand_from ")
                .append(command)
                .append('\'');
        for (var name : flag.names()) {
            line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
        }
        line.append(flag.file() ? " -r -F" : flag.takesValue() ? " -x" : "");
        if (!flag.values().isEmpty()) {
            line.append(" -a ").append(quoted(String.join(" ", flag.values())));
        }
        return line.append(" -d ").append(quoted(flag.summary())).append('\n').toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
