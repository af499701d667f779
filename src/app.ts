/**
 * The composition root: {@link createApp} builds every room from a {@link Config} and a {@link World},
 * and nothing runs until `start`. Only here, in `cli` and in `main.ts` is the whole config seen.
 *
 * @module
 */
import type { Hono } from "hono";
import { type Clock, deadline, type Random } from "./clock/mod.ts";
import type { Config } from "./config/mod.ts";
import {
  ConnectionManager,
  type DenoDial,
  type DenoDialOptions,
  exponentialBackOff,
} from "./connection/mod.ts";
import {
  connectionFamilies,
  createHttp,
  fleetFamilies,
  hostAndPort,
  type HttpServer,
  type HttpServerOptions,
  LoopDelay,
  processFamilies,
  type ProcessFigures,
  storeFamilies,
  trafficFamilies,
} from "./http/mod.ts";
import { createLog, type LineSink, type Log } from "./log/mod.ts";
import { Fleet, PARTS, Recorder, Roster } from "./station/mod.ts";
import type { Kinds, Store, StoreOptions } from "./store/mod.ts";

/** Everything impure that the program uses, in one list. A test builds the whole app from a fake one. */
export interface World {
  /** Of the program, for `/health` and `--version`. */
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  /** `stdout`, `stderr` or a file to append to. @throws when the file cannot be opened */
  openSink(output: string): Promise<LineSink>;
  openDial(options: DenoDialOptions): DenoDial;
  /** @throws StoreError when it cannot be used */
  openStore(options: StoreOptions): Store;
  /** What the process takes, in bytes. */
  memory(): ProcessFigures["memory"];
  listen(options: HttpServerOptions): Promise<HttpServer>;
}

/** The emulator, built but not running. */
export interface App {
  readonly http: Hono;
  readonly manager: ConnectionManager;
  readonly fleet: Fleet;
  readonly log: Log;
  /** Listens, then dials. @throws ListenError when the address cannot be had; then stop it */
  start(): Promise<HttpServer>;
  /** HTTP stops, sockets close with 1000, store and log are written. Within 5 s, whatever the peers do. */
  stop(): Promise<void>;
}

/** How a station is defined: those made over HTTP, and what a start or a stop left behind. */
const STATION = "station";
const KINDS: Kinds = { [STATION]: { version: 1 }, ...PARTS };

/** Together these leave a second of the five that a service manager may count. */
const HTTP_STOP_MS = 1_000;
const SOCKETS_STOP_MS = 3_200;
const STORE_STOP_MS = 600;
const LOG_STOP_MS = 200;

/**
 * Builds the program. @throws what opening the log throws, StoreError, and TypeError for a connection's
 * options
 */
export async function createApp(config: Config, world: World): Promise<App> {
  const { clock, random } = world;
  const sink = await world.openSink(config.logging.output);
  const log = createLog({ ...config.logging, sink, clock });
  const closeLog = () => deadline(clock, LOG_STOP_MS, sink.close());
  let store: Store;
  try {
    store = world.openStore({ ...config.storage, kinds: KINDS, clock, log });
  } catch (thrown) {
    await closeLog();
    throw thrown;
  }
  // Shorter than any wait, so that a station which redials hears news; longer than a fleet's failing.
  const shareReasonMs = config.csms.reconnectBackoffMs / 2;
  const dialer = world.openDial({ clock, log, shareReasonMs });
  const manager = new ConnectionManager({
    ...config.csms,
    dial: dialer.dial,
    clock,
    log,
    // With `reconnect_policy: ocpp` each station has its own, after its variables.
    retry: exponentialBackOff({
      baseMs: config.csms.reconnectBackoffMs,
      maxMs: config.csms.reconnectMaxBackoffMs,
      jitter: config.csms.reconnectJitter,
      maxAttempts: config.csms.maxReconnectAttempts,
      random,
    }),
    goodAfterMs: config.csms.reconnectBackoffMs,
  });
  const recorder = new Recorder({
    manager,
    clock,
    append: (message) => store.messages.append(message),
  });
  const loopDelay = new LoopDelay(clock);
  const startedAt = clock.monotonic();
  const fleet = new Fleet({ ...config.csms, manager, clock, random, log, store });
  const roster = new Roster({
    fleet,
    reader: config.reader,
    kept: {
      load: () => store.entries(STATION),
      keep: (changes) =>
        store.commit((write) => {
          for (const [id, kept] of changes) {
            if (kept === null) write.remove(STATION, id);
            else write.put(STATION, id, kept);
          }
        }),
      forget: async (id) => {
        await store.commit((write) => {
          write.remove(STATION, id);
          fleet.memories.forget(id, write);
        });
        fleet.memories.forgotten(id);
      },
    },
    pause: () => clock.sleep(0),
    clock,
    log,
  });
  await roster.open(config.stations);

  const shutdown = new AbortController();
  const http = createHttp({
    version: world.version,
    clock,
    log,
    access: { bindHost: config.server.host, apiToken: config.server.apiToken },
    connections: {
      ids: () => manager.ids(),
      statistics: (id) => manager.statistics(id),
      census: () => manager.census(),
      connect: (id) => fleet.connect(id),
      disconnect: (id) => fleet.disconnect(id),
      send: (id, text) => manager.send(id, text),
      broadcast: (text) => manager.broadcast(text),
      subscribe: (listener) => manager.changes.subscribe(listener),
    },
    stations: {
      ids: () => fleet.ids(),
      summary: (id) => fleet.summary(id),
      view: (id) => fleet.view(id),
      driver: (id) => fleet.driver(id),
      subscribe: (listener) => fleet.facts.subscribe(listener),
    },
    roster,
    readiness: {
      missing: () => fleet.missing(),
      subscribe: (listener) => fleet.changed.subscribe(listener),
    },
    database: () => store.health,
    messages: store.messages,
    metrics: () => [
      ...connectionFamilies(manager, recorder.traffic),
      ...trafficFamilies(recorder.traffic),
      ...fleetFamilies(fleet.census()),
      ...storeFamilies(store),
      ...processFamilies({
        version: world.version,
        uptimeMs: clock.monotonic() - startedAt,
        memory: world.memory(),
        loopDelays: loopDelay.delays,
      }),
    ],
    shutdown: shutdown.signal,
  });
  let server: HttpServer | null = null;

  return {
    http,
    manager,
    fleet,
    log,
    async start() {
      for (const warning of config.warnings) log.warn(warning);
      const { host: hostname, port } = config.server;
      const fetch = (request: Request) => http.fetch(request);
      const makeRoom = () => dialer.makeRoom();
      server = await world.listen({ hostname, port, fetch, shutdown, clock, log, makeRoom });
      log.info("Started", {
        version: world.version,
        http: `http://${hostAndPort(hostname, server.port)}`,
        ...(config.file === null ? {} : { config: config.file }),
        stations: fleet.size,
      });
      loopDelay.start();
      fleet.start();
      return server;
    },
    async stop() {
      const { connected } = manager.census();
      log.info("Stopping", { connected });
      shutdown.abort();
      fleet.stop();
      await Promise.all([
        server?.stop(HTTP_STOP_MS),
        deadline(clock, SOCKETS_STOP_MS, manager.shutdown()),
      ]);
      dialer[Symbol.dispose]();
      loopDelay.stop();
      fleet.memories.flush();
      store.close(STORE_STOP_MS);
      log.info("Stopped");
      await closeLog();
    },
  };
}
