package io.lingmq.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Users and their passwords, for PLAIN servers. Peers of other mechanisms are refused. An accepted peer is known under
 * its user name.
 *
 * <p>Passwords are compared in constant time. The text form shows none.
 *
 * <p>Threading: immutable.
 */
public final class Passwords implements Authenticator {
    private static final String PLAIN = "PLAIN";

    private final Map<String, byte[]> byUser;

    private Passwords(Map<String, byte[]> byUser) {
        this.byUser = byUser;
    }

    /** Users with their passwords, which are compared as octets in UTF-8. */
    public static Passwords of(Map<String, String> passwordByUser) {
        Objects.requireNonNull(passwordByUser, "the map of passwords is null");
        var all = new HashMap<String, byte[]>();
        passwordByUser.forEach((user, password) -> all.put(
                Objects.requireNonNull(user, "the user is null"),
                Objects.requireNonNull(password, "the password is null").getBytes(StandardCharsets.UTF_8)));
        return new Passwords(Map.copyOf(all));
    }

    @Override
    public CompletionStage<ZapReply> decide(ZapRequest request) {
        Objects.requireNonNull(request, "the request is null");
        return CompletableFuture.completedFuture(verdict(request));
    }

    private ZapReply verdict(ZapRequest request) {
        var credentials = request.credentials();
        if (!request.mechanism().equals(PLAIN) || credentials.size() != 2) {
            return ZapReply.denied("users with passwords come by PLAIN only");
        }
        var user = new String(credentials.get(0), StandardCharsets.UTF_8);
        var told = credentials.get(1);
        var expected = byUser.get(user);
        // A user that nobody knows takes as long as one with another password.
        var isSame = MessageDigest.isEqual(expected == null ? told : expected, told);
        return expected != null && isSame ? ZapReply.accepted(user) : ZapReply.denied("wrong user name or password");
    }

    @Override
    public String toString() {
        return "Passwords of " + byUser.size() + " users";
    }
}
