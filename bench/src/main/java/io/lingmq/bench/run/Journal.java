package io.lingmq.bench.run;

import io.lingmq.bench.report.Results;
import io.lingmq.bench.report.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * What has been measured so far, in a file that is whole after each turn: a run that was ended can go on from there.
 *
 * @param file where it is kept until the run is over
 */
public record Journal(Path file) {
    /** What may differ between the two parts of one run. */
    private static final Set<String> MAY_DIFFER = Set.of(Machine.DATE);

    /** Keeps what there is. */
    void keep(Results results) throws IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        ResultsFile.write(results, fresh);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Adds what an earlier run has measured.
     *
     * @param results with the facts of this run: they must be those of the earlier one
     * @throws IllegalArgumentException with the reason why the run cannot go on
     */
    void resume(Results results) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no run to go on with: " + file + " does not exist");
        }
        var earlier = ResultsFile.read(file);
        results.facts().forEach((name, value) -> {
            var then = earlier.facts().get(name);
            if (!value.equals(then) && !MAY_DIFFER.contains(name)) {
                throw new IllegalArgumentException("the run cannot go on: " + name + " was '" + then + "', now it is '"
                        + value + "'; without --resume it begins anew");
            }
        });
        results.addAll(earlier);
    }

    /** The run is over, and its results are elsewhere. */
    void discard() throws IOException {
        Files.deleteIfExists(file);
    }
}
