package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.Replier;
import io.lingmq.Requester;
import io.lingmq.message.Message;
import io.lingmq.option.ReplierSettings;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring application that answers requests, and asks. */
public final class SpringProgram {
    private SpringProgram() {}

    /** The beans. Spring closes them in the reverse order of what they need: the context after its sockets. */
    @Configuration(proxyBeanMethods = false)
    public static class Messaging {
        @Bean(destroyMethod = "close")
        Context lingContext() {
            return Context.builder().closeTimeout(Duration.ofSeconds(5)).open();
        }

        @Bean(destroyMethod = "shutdown")
        ExecutorService workers() {
            return Executors.newFixedThreadPool(4);
        }

        @Bean
        GreetingServer server(Context context, ExecutorService workers) {
            return new GreetingServer(context, workers);
        }

        @Bean(destroyMethod = "close")
        Requester requester(Context context) {
            var requester = context.requester();
            requester.connect("inproc://greetings");
            return requester;
        }
    }

    /** Takes requests from the moment when all beans are there until the first one is to be destroyed. */
    public static final class GreetingServer implements SmartLifecycle {
        private final Replier replier;
        private volatile boolean running;

        GreetingServer(Context context, ExecutorService workers) {
            var settings = ReplierSettings.defaults().withDrainTime(Duration.ofSeconds(4));
            replier = context.replier(request -> Message.of("hello, " + request.text()), workers, settings);
        }

        @Override
        public void start() {
            replier.bind("inproc://greetings");
            running = true;
            System.out.println("started");
        }

        @Override
        public void stop() {
            replier.close(); // what is in hand is answered
            running = false;
            System.out.println("stopped");
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    /** Starts the application, asks, and ends it. */
    public static void main(String... args) throws InterruptedException {
        try (var application = new AnnotationConfigApplicationContext(Messaging.class)) {
            var requester = application.getBean(Requester.class);
            System.out.println(requester.request("Ada").text());
        }
    }
}
