package dev.ringmaster.app.run;

import dev.ringmaster.app.run.queues.QueueRoom;
import dev.ringmaster.gateway.Gateway;

/// What a reload changes and a console shows.
record Rooms(Services services, QueueRoom queues, Gateway gateway) {}
