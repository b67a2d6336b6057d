package io.lingmq.cli.socket;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.message.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;

/** Answers requests with the output of a shell command that is run for each of them. */
final class ShellCommand {
    private final String command;
    private final Console console;

    ShellCommand(String command, Console console) {
        this.command = command;
        this.console = console;
    }

    /** The command's output; a command that fails is told on stderr, and what it wrote is still the reply. */
    Message reply(Message request) throws InterruptedException {
        try {
            var process = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectError(Redirect.INHERIT)
                    .start();
            try {
                feed(process.getOutputStream(), request);
                var output = process.getInputStream().readAllBytes();
                tellIfFailed(process.waitFor());
                return Message.wrap(withoutLineEnd(output));
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw CommandFailure.failed("cannot run '" + command + "': " + e.getMessage());
        }
    }

    /** Writes in a thread of its own: a command that writes before it has read all would otherwise wait for ever. */
    private static void feed(OutputStream stdin, Message request) {
        var feeder = new Thread(
                () -> {
                    try (stdin) {
                        for (var i = 0; i < request.frameCount(); i++) {
                            if (i > 0) {
                                stdin.write('\n');
                            }
                            stdin.write(request.sharedArray(i));
                        }
                    } catch (IOException e) {
                        // The command does not want to read on, which is its right.
                        return;
                    }
                },
                "ling-exec");
        feeder.setDaemon(true);
        feeder.start();
    }

    private void tellIfFailed(int exitCode) {
        if (exitCode != 0) {
            console.note("'" + command + "' ended with " + exitCode);
        }
    }

    private static byte[] withoutLineEnd(byte[] output) {
        var ends = output.length > 0 && output[output.length - 1] == '\n';
        return ends ? Arrays.copyOf(output, output.length - 1) : output;
    }
}
