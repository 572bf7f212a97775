// Echo server over the WebSocket endpoint of an embedded Tomcat: Tomcat PORT
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.logging.LogManager;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.tomcat.websocket.server.WsSci;

public final class Tomcat {
    /** Sends on piece by piece, as the example that comes with Tomcat does: buffers for whole messages are allocated at once. */
    @ServerEndpoint("/")
    public static final class Echo {
        @OnMessage
        public void text(Session session, String piece, boolean isLast) throws IOException {
            session.getBasicRemote().sendText(piece, isLast);
        }

        @OnMessage
        public void binary(Session session, ByteBuffer piece, boolean isLast) throws IOException {
            session.getBasicRemote().sendBinary(piece, isLast);
        }

        @OnError
        public void error(Throwable error) {
            // The connection has failed, of which the library takes care.
        }
    }

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        org.apache.catalina.startup.Tomcat tomcat = new org.apache.catalina.startup.Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), Set.of(Echo.class));
        org.apache.catalina.startup.Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        tomcat.start();
        tomcat.getServer().await();
    }
}
