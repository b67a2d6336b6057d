package io.lingmq.examples;

/** What was given on the command line, or else the example's own choice. */
final class Arguments {
    private Arguments() {}

    /** The argument at an index, counted from 0. */
    static String text(String[] args, int index, String otherwise) {
        return args.length > index ? args[index] : otherwise;
    }

    /** How many rounds to go; without the argument, for ever. */
    static long rounds(String[] args, int index) {
        return args.length > index ? Long.parseLong(args[index]) : Long.MAX_VALUE;
    }
}
