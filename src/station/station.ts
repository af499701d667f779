import { type Clock, type Random, type ScaledClock, scaledClock } from "../clock/mod.ts";
import type { StationConfig } from "../config/mod.ts";
import type { Connection, Owner } from "../connection/mod.ts";
import type { Log } from "../log/mod.ts";
import { Authorizer } from "./authorizer.ts";
import { Availability } from "./availability.ts";
import type {
  ConnectorFacts,
  RemoteRefusal,
  RemoteStart,
  ResetKind,
  Triggered,
} from "./charger.ts";
import { Charging } from "./transactions/charging.ts";
import { Connector } from "./connector.ts";
import { Deeds } from "./deeds.ts";
import type { Memory } from "./memory/memory.ts";
import type { Meter } from "./energy/meter.ts";
import { Flow } from "./transactions/flow.ts";
import { Line } from "./line/line.ts";
import type { Language, LineHost } from "./line/line_ports.ts";
import { Metering } from "./transactions/metering.ts";
import { Network } from "./network/network.ts";
import { Reactions } from "./reactions.ts";
import { Rebooting } from "./rebooting.ts";
import { Remote } from "./remote.ts";
import { Reserving } from "./reserving.ts";
import { SecurityWatch } from "./security_watch.ts";
import { Services } from "./services.ts";
import { SettingReactions } from "./setting_reactions.ts";
import { Settings } from "./settings/settings.ts";
import { Profiles } from "./smart/profiles.ts";
import type { Heard, Identity, Kind, Spoken } from "./spoken.ts";
import { type Status, StatusReporter } from "./status_reporter.ts";
import type { StationChange } from "./station_change.ts";
import type { StationOptions } from "./station_options.ts";
import { identityLeft, meterLeft, recall } from "./survival.ts";
import { AuthorizationCache } from "./tokens/authorization_cache.ts";
import { LocalList } from "./tokens/local_list.ts";
import type { Reservations } from "./tokens/reservations.ts";
import { trigger } from "./triggers.ts";
import type { ReadingContext, Sample } from "./words.ts";
import type { Works } from "./works.ts";

/** One charging station: its parts, and what they need of each other. Knows no OCPP version. */
export class Station implements Works, LineHost {
  config: StationConfig;
  readonly clock: Clock;
  readonly simulated: ScaledClock;
  readonly random: Random;
  readonly log: Log;
  readonly memory: Memory;
  readonly languages: readonly Language[];
  readonly settings: Settings;
  readonly all: ReadonlyMap<number, Connector>;
  readonly line: Line;
  readonly network: Network;
  readonly security: SecurityWatch;
  readonly reactions: Reactions;
  readonly flow: Flow;
  readonly charging: Charging;
  readonly metering: Metering;
  readonly reporter: StatusReporter;
  readonly reserving: Reserving;
  readonly rebooting: Rebooting;
  readonly availability: Availability;
  identity: Identity;
  readonly #options: StationOptions;
  readonly #authorizer: Authorizer;
  readonly #remote: Remote;
  #localList: LocalList | null = null;
  #cache: AuthorizationCache | null = null;
  #profiles: Profiles | null = null;
  #services: Services | null = null;
  #driver: Deeds | null = null;

  constructor(options: StationOptions) {
    const { config, world, languages, defaults } = options;
    this.#options = options;
    this.config = config;
    this.clock = world.clock;
    this.simulated = scaledClock(world.clock, config.simulation.speed);
    this.random = world.random;
    this.log = world.logbook.of(config.id);
    this.memory = world.memories.of(config.id);
    this.identity = identityLeft(this.memory, config);
    this.languages = languages;
    this.reactions = new Reactions(this);
    this.settings = new Settings(new SettingReactions(this), defaults, this.memory);
    this.all = new Map(
      config.connectors.map((one) => [one.id, new Connector(one, this.reactions)]),
    );
    for (const connector of this.all.values()) recall(this.memory, connector);
    this.line = new Line(this, this.reactions, world);
    this.network = new Network(this, config);
    this.security = new SecurityWatch(this);
    this.flow = new Flow(this);
    this.metering = new Metering(this);
    this.reporter = new StatusReporter(this);
    this.charging = new Charging(this, this.flow, this.metering);
    this.#authorizer = new Authorizer(this);
    this.availability = new Availability(this, this.charging);
    this.#remote = new Remote(this, this.charging, this.#authorizer);
    this.reserving = new Reserving(this);
    this.rebooting = new Rebooting(this, this.charging);
  }

  /** Its config is another, and what it says of itself at the next boot. */
  refit(config: StationConfig, identity: Identity): void {
    this.config = config;
    this.identity = identity;
    this.simulated.speed = config.simulation.speed;
  }

  /** Tells the station by which connection it talks, and who hears it. Comes before everything else. */
  attach(add: (owner: Owner) => Connection): void {
    this.line.connection = add(this.line);
    this.network.pingChanged();
  }

  /** The station is gone: it lets go of everything. */
  stop(): void {
    void this.memory.saved();
    for (const connector of this.all.values()) connector.stop();
    this.rebooting.stop();
    this.reserving.stop();
    this.metering.stop();
    this.reporter.stop();
    this.#services?.stop();
  }

  get id(): string {
    return this.config.id;
  }

  get isAccepted(): boolean {
    return this.line.accepted;
  }

  get driver(): Deeds {
    return this.#driver ??= new Deeds(this, this.charging, this.#authorizer);
  }

  get localList(): LocalList {
    return this.#localList ??= new LocalList(this.memory);
  }

  get cache(): AuthorizationCache {
    return this.#cache ??= new AuthorizationCache(this.memory);
  }

  get profiles(): Profiles {
    return this.#profiles ??= new Profiles(this.memory);
  }

  get reservations(): Reservations {
    return this.reserving.reservations;
  }

  get services(): Services {
    return this.#services ??= new Services(this, this.#options.world);
  }

  /** Whether anything was ever asked of {@link Station.services}. */
  get isServed(): boolean {
    return this.#services !== null;
  }

  now(): number {
    return this.line.now();
  }

  say<K extends Kind>(kind: K, event: Spoken[K]["event"]): Heard<K> {
    return this.line.say(kind, event);
  }

  sayNow<K extends Kind>(kind: K, event: Spoken[K]["event"]): Heard<K> {
    return this.line.sayFirst(kind, event);
  }

  connectors(): readonly ConnectorFacts[] {
    return Array.from(this.all.values(), (connector) => connector.facts());
  }

  connector(id: number): ConnectorFacts | undefined {
    return this.all.get(id)?.facts();
  }

  /** Of a connector, or with 0 of the station. */
  status(id: number): Status {
    const connector = this.all.get(id);
    if (connector !== undefined) return { status: connector.status, fault: connector.state.fault };
    return this.availability.status;
  }

  meterOf(connector: Connector): Meter {
    return connector.meter ??= meterLeft(this, connector);
  }

  meter(connectorId: number): Meter | null {
    return this.all.get(connectorId)?.meter ?? null;
  }

  sample(connectorId: number, context: ReadingContext): Sample {
    const connector = this.all.get(connectorId);
    return connector === undefined
      ? { at: this.now(), context, readings: [] }
      : this.metering.read(connector, "meterValuesSampledData", context);
  }

  remoteStart(start: RemoteStart): { readonly connectorId: number } | RemoteRefusal {
    return this.#remote.start(start);
  }

  remoteStop(transactionId: string | number): boolean {
    return this.#remote.stop(transactionId);
  }

  unlock(connectorId: number): Promise<"Unlocked" | "UnlockFailed" | "UnknownConnector"> {
    return Promise.resolve(this.#remote.unlock(connectorId));
  }

  changeAvailability(connectorId: number, operative: boolean) {
    return this.availability.change(connectorId, operative);
  }

  reset(kind: ResetKind, connectorId: number | null = null): void {
    this.rebooting.reset(kind, connectorId);
  }

  closeConnectors(closed: boolean, connectors: readonly Connector[]): void {
    this.availability.close(closed, connectors);
  }

  trigger(what: Triggered, connectorId: number | null, extended = false): void {
    trigger(this, this.reporter, { what, connectorId, extended });
  }

  showReservation(connectorId: number, reservationId: number | null): void {
    this.all.get(connectorId)?.apply(
      reservationId === null ? { type: "released" } : { type: "reserved", id: reservationId },
    );
    this.reserving.look();
  }

  limitsChanged(): void {
    this.reactions.limitsChanged();
  }

  /** The boot is, or is no longer, accepted. */
  registrationChanged(): void {
    this.#options.registrationChanged(this.id);
  }

  /** Whoever looks on hears of it. Nothing is made up while nobody does. */
  publish(change: () => StationChange): void {
    const { facts } = this.#options.world;
    if (facts.size > 0) facts.publish(change());
  }
}
