package io.lingmq.cli.format;

import io.lingmq.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Two hex digits for each byte, frames parted by a tab. */
final class HexLines implements Lines {
    private static final String FRAME_END = "\t";

    @Override
    public String print(Message message) {
        return message.frames().stream().map(HexFormat.of()::formatHex).collect(Collectors.joining(FRAME_END));
    }

    @Override
    public Message message(byte[] line) {
        var frames = new String(line, StandardCharsets.ISO_8859_1).split(FRAME_END, -1);
        return Message.wrapFrames(Arrays.stream(frames).map(this::frame).toList());
    }

    @Override
    public byte[] frame(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not hex: write two digits for each byte", e);
        }
    }
}
