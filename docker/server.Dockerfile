# The bundled replica server. Build app/target/ringmaster.jar first (make images does).
#   docker build -f docker/server.Dockerfile -t ringmaster-server .
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}
COPY app/target/ringmaster.jar /ringmaster.jar
# Classes linked ahead of time by this very Java: the first heartbeat comes in half the time.
RUN ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:aot=error", "-XX:AOTCacheOutput=/ringmaster.aot", "-jar", "/ringmaster.jar", "server", "--rehearse"]
EXPOSE 5000
ENTRYPOINT ["java", "-XX:AOTCache=/ringmaster.aot", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-jar", "/ringmaster.jar", "server"]
