package io.lingmq.cli.demo;

/** One part of the walk-through: sets sockets up, lets messages flow and checks that they arrived. */
interface Scene {
    /** What the scene shows, in a few words. */
    String title();

    /** Plays it; a {@link io.lingmq.cli.shell.CommandFailure} says what did not arrive. */
    void play(SceneRun run) throws InterruptedException;
}
