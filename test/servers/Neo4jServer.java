import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A real Neo4j community server for tests: {@code java -cp "jars/*" Neo4jServer.java HOME PORT PASSWORD}. Prints a line
 * once Bolt answers; stops when its standard input ends, so that it never outlives the tests.
 */
public class Neo4jServer {
  public static void main(String[] args) throws Exception {
    var home = Path.of(args[0]);
    var isNew = Files.notExists(home.resolve("data"));
    var settings = Files.writeString(home.resolve("neo4j.conf"), "dbms.usage_report.enabled=false\n");
    var server =
        new DatabaseManagementServiceBuilder(home)
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", Integer.parseInt(args[1])))
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            .loadPropertiesFromFile(settings)
            .build();
    var setPassword = "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED";
    try {
      if (isNew) server.database("system").executeTransactionally(setPassword, Map.of("password", args[2]));
      System.out.println("listening on " + args[1]);
      while (System.in.read() != -1) {}
    } finally {
      server.shutdown();
    }
    System.exit(0);
  }
}
