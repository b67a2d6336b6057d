/** What all commands share: the streams they talk to, how they fail, and waiting for a condition. */
@NullMarked
package io.lingmq.cli.shell;

import org.jspecify.annotations.NullMarked;
