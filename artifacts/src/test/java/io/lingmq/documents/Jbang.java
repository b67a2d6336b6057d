package io.lingmq.documents;

import io.lingmq.artifacts.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** JBang, which runs a program of one file. Its own script does what is done here. */
final class Jbang {
    private Jbang() {}

    /** Runs the program; returns what it prints. */
    static String run(Path folder, Path jdk, Path program) throws IOException, InterruptedException {
        var java = jdk.resolve("bin/java").toString();
        // It compiles, and then prints the command that runs the program.
        var compile = "\"$0\" -cp \"$1\" dev.jbang.Main --quiet \"$2\" || test $? = 255";
        var command = new Command(
                        folder,
                        jdk,
                        List.of("bash", "-c", compile, java, System.getProperty("java.class.path"), program.toString()))
                .with("JBANG_DIR", folder.resolve("jbang").toString())
                .with("JBANG_REPO", folder.resolve("jbang-repository").toString())
                .with("JBANG_NO_VERSION_CHECK", "true")
                .run();
        return new Command(folder, jdk, List.of("bash", "-c", command)).run();
    }
}
