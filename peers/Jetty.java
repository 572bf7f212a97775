// Echo server over Jetty's WebSocketServlet: Jetty PORT
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.websocket.api.WebSocketAdapter;
import org.eclipse.jetty.websocket.api.WebSocketPolicy;
import org.eclipse.jetty.websocket.servlet.WebSocketServlet;
import org.eclipse.jetty.websocket.servlet.WebSocketServletFactory;

public final class Jetty {
    private static final int LARGEST_MESSAGE = 64 << 20;

    public static final class Echo extends WebSocketAdapter {
        @Override
        public void onWebSocketText(String message) {
            getRemote().sendStringByFuture(message);
        }

        @Override
        public void onWebSocketBinary(byte[] payload, int offset, int length) {
            getRemote().sendBytesByFuture(ByteBuffer.wrap(payload, offset, length));
        }
    }

    public static final class Servlet extends WebSocketServlet {
        @Override
        public void configure(WebSocketServletFactory factory) {
            WebSocketPolicy policy = factory.getPolicy();
            policy.setMaxTextMessageSize(LARGEST_MESSAGE);
            policy.setMaxBinaryMessageSize(LARGEST_MESSAGE);
            factory.register(Echo.class);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Server server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new Servlet()), "/");
        server.setHandler(context);
        server.start();
        server.join();
    }
}
