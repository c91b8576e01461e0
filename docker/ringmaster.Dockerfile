# Ringmaster itself. Build app/target/ringmaster.jar first (make images does).
#   docker build -f docker/ringmaster.Dockerfile -t ringmaster .
#   docker run -p 5000:5000 -v /var/run/docker.sock:/var/run/docker.sock ringmaster --image IMAGE
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}
COPY app/target/ringmaster.jar /ringmaster.jar
RUN ["java", "-XX:+UseSerialGC", "-Xlog:aot=error", "-XX:AOTCacheOutput=/ringmaster.aot", "-jar", "/ringmaster.jar", "rehearse"]
# The data directory (last commanded N, seats, secret): a volume, so that a new container adopts
# the replicas of the one before.
VOLUME /data
EXPOSE 5000
ENTRYPOINT ["java", "-XX:AOTCache=/ringmaster.aot", "-XX:+UseSerialGC", "-Xmn16m", "-XX:TrimNativeHeapInterval=5000", "--sun-misc-unsafe-memory-access=allow", "-jar", "/ringmaster.jar", "up", "--data", "/data"]
CMD ["--image", "ringmaster-server", "--classic-answers", "true"]
