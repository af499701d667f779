import type { StationConfig } from "../../config/mod.ts";
import { type Credentials, type Guide, type TargetChange } from "../../connection/mod.ts";
import { Secret } from "../../log/mod.ts";
import { Cell } from "../memory/cell.ts";
import type { ClientIdentity } from "../service/certificates.ts";
import type { BootReason } from "../spoken.ts";
import type { Works } from "../works.ts";
import { credentialsOf, type PasswordSetting, withPassword } from "./credentials.ts";
import { type NetworkRecord, UNCHANGED } from "./network_record.ts";
import { CONFIGURED_SLOT, isSameRoute, type Route, routesOf, turnOf } from "./routes.ts";
import { Slots } from "./slots.ts";
import { type Ground, securityOf, targetOf, tlsFor } from "./target_of.ts";

/** Nothing was reset: the station only goes to another CSMS. */
const SWITCHED: BootReason = "Unknown";
const CONFIGURED: Route = { slot: CONFIGURED_SLOT, profile: null };

/**
 * How a station reaches its CSMS, and what the CSMS may change about that while it runs. A password, a
 * certificate and the security profile of 1.6 are tried at once, and gone back from when they fail. The
 * network profiles of 2.x wait for a reboot; then each gets its dials, the first of them first (B10).
 */
export class Network implements Guide, Ground {
  readonly #works: Works;
  readonly #record: Cell<NetworkRecord>;
  #config: StationConfig;
  #credentials: Credentials;
  /** What is tried since the boot, in this order; `null`: what was configured, and nothing else. */
  #routes: readonly Route[] | null;
  /** The one that is dialled. */
  #route: Route;
  /** Where the round began. */
  #first = 0;
  #slots: Slots | null = null;

  constructor(works: Works, config: StationConfig) {
    this.#works = works;
    this.#config = config;
    this.#record = new Cell(works.memory, "network", UNCHANGED);
    this.#credentials = credentialsOf(config.auth, works.settings);
    this.#routes = this.#routesNow();
    this.#route = this.#routes?.[0] ?? CONFIGURED;
  }

  get config(): StationConfig {
    return this.#config;
  }

  get record(): NetworkRecord {
    return this.#record.value;
  }

  get credentials(): Credentials {
    return this.#credentials;
  }

  get slots(): Slots {
    return this.#slots ??= new Slots(this.#works, this.#record, this);
  }

  /** The number of the slot that is dialled (2.x ActiveNetworkProfile). */
  get active(): number {
    return this.#route.slot;
  }

  /** The security profile of a route, of the one that is dialled unless it is named. */
  securityOf(route = this.#route): number {
    return securityOf(this, route);
  }

  /** Where the next dial goes, whole. */
  target(): Required<TargetChange> {
    return targetOf(this, this.#route);
  }

  roots(): readonly string[] {
    // A station that nobody installed anything on has no services yet, and need not.
    const works = this.#works;
    if (!works.isServed && works.memory.read("certificates") === undefined) return [];
    return works.services.certificates.roots.pems("CSMSRootCertificate");
  }

  nextTarget(failures: number): TargetChange | null {
    const routes = this.#routes;
    if (routes === null) return null;
    // After a reboot all are new, and the first begins (B10.FR.04); after a loss, the one in use.
    if (failures === 0) this.#first = Math.max(0, routes.indexOf(this.#route));
    const attempts = this.#works.settings.get("networkProfileConnectionAttempts");
    const turn = { first: this.#first, failures, attempts, routes: routes.length };
    const route = routes[turnOf(turn)]!;
    if (route === this.#route) return null;
    this.#turn(route);
    return this.target();
  }

  get spareDials(): number {
    if (this.#routes === null) return 0;
    return (this.#routes.length - 1) * this.#works.settings.get("networkProfileConnectionAttempts");
  }

  /** The station reboots: the next dial is to the first of its priorities (B10.FR.04, A05.FR.05). */
  wentDown(reason: BootReason): void {
    if (reason === SWITCHED) return;
    const routes = this.#routesNow();
    if (routes !== null || this.#routes !== null) this.#routes = routes ?? [{ ...CONFIGURED }];
  }

  /** The CSMS accepted a boot over the route that is dialled. */
  accepted(): void {
    if (this.#routes === null) return;
    const { settings } = this.#works;
    const before = settings.get("securityProfile");
    const now = this.securityOf();
    if (now !== before) settings.set("securityProfile", now);
    this.slots.proved(this.#route, now > before);
    if (now > before) this.#routes = this.#routes.filter((one) => this.securityOf(one) >= now);
    // B09.FR.28: what the profile brought along is the station's from now on.
    const password = this.#route.profile?.password ?? null;
    if (password === null) return;
    settings.set("basicAuthPassword", new Secret(password));
    settings.set("authorizationKey", null);
    this.#credentials = withPassword(this.#credentials, null, new Secret(password));
  }

  /** The config is another. What the CSMS configured stays, but where the user wants it otherwise now. */
  refit(config: StationConfig, changed: { readonly url: boolean; readonly tls: boolean }): void {
    this.#config = config;
    this.#credentials = credentialsOf(config.auth, this.#works.settings);
    const identity = changed.tls ? null : this.record.identity;
    const { slots, good, raised } = changed.url ? UNCHANGED : this.record;
    const isPlain = identity === null && slots === UNCHANGED.slots && good === null &&
      raised === null;
    this.#record.value = isPlain ? UNCHANGED : { slots, good, raised, identity };
    if (!changed.url) return;
    this.#works.settings.set("networkConfigurationPriority", null);
    this.#works.settings.set("messageTimeout", null);
    this.#routes = null;
    this.#route = CONFIGURED;
  }

  /** The CSMS changed the password, as 1.6 (whitepaper §4) or 2.x (A01) has it. */
  async passwordChanged(setting: PasswordSetting): Promise<void> {
    const { settings } = this.#works;
    const secret = settings.get(setting);
    if (secret === null) return;
    const [before, route] = [this.#credentials, this.#route];
    const isKey = setting === "authorizationKey";
    this.#credentials = isKey
      ? withPassword(before, secret, null)
      : withPassword(before, null, secret);
    const other = isKey ? "basicAuthPassword" : "authorizationKey";
    // B09.FR.27: the profile in use has none of its own any more.
    if (route.profile?.password) {
      this.#replace({ ...route, profile: { ...route.profile, password: null } });
    }
    const { credentials } = this.target();
    // Without Basic in use the key waits for a profile that uses it.
    if (credentials.type !== "basic" || await this.#retarget({ credentials })) {
      settings.set(other, null);
      return;
    }
    this.#replace(route);
    this.#credentials = before;
    const old = before.type === "basic" ? before : { password: null, authorizationKey: null };
    settings.set(setting, isKey ? old.authorizationKey : old.password);
  }

  /** The CSMS of 1.6 raised the security profile (whitepaper §5). */
  async profileChanged(): Promise<void> {
    const { settings } = this.#works;
    const { raised } = this.record;
    const before = this.securityOf();
    const profile = settings.get("securityProfile");
    if (profile === before) return;
    this.#keep({ raised: profile });
    const { url, tls, credentials } = this.target();
    if (await this.#retarget({ url, tls, credentials })) return;
    this.#keep({ raised });
    settings.set("securityProfile", before);
  }

  pingChanged(): void {
    const seconds = this.#works.settings.get("webSocketPingInterval");
    this.#works.line.connection?.setPingInterval(seconds * 1000);
  }

  /** The CSMS had a certificate signed for us: the connection shows it from now on (A02). */
  async adopt({ certificate, key }: ClientIdentity): Promise<void> {
    const { identity } = this.record;
    this.#keep({ identity: { certificate, key: key.reveal() } });
    if (this.securityOf() < 3 || await this.#retarget({ tls: tlsFor(this, this.#route) })) return;
    this.#keep({ identity });
    this.#works.services.securityEvents.raise("DiscardedRenewedClientCertificate");
  }

  /** The roots for the CSMS are others now: the station connects anew, trusting them (M05). */
  async rootsChanged(): Promise<void> {
    const tls = tlsFor(this, this.#route);
    if (tls === null) return;
    if (await this.#retarget({ tls })) this.#works.services.certificates.roots.dropFallback();
  }

  /** Whether the connection of now may rest on this root (PEM). */
  isInUse(pem: string): boolean {
    const roots = this.roots();
    return this.target().url.startsWith("wss:") && this.#works.line.online &&
      roots.includes(pem) && roots.length === 1 && this.#config.tls.caCert === null;
  }

  /** The next dial is to another CSMS, or to the same in another way: it hears a boot (B10.FR.10). */
  #turn(route: Route): void {
    const { log, settings, line } = this.#works;
    const before = this.#route;
    this.#route = route;
    settings.set("messageTimeout", route.profile?.messageTimeoutS ?? null);
    if (isSameRoute(before, route)) return;
    const { url } = this.target();
    log.info("The station takes another network profile", { slot: route.slot, url });
    if (line.registration.state !== "unknown") line.registration.forget(SWITCHED);
  }

  /** What the slot in use holds is another from now on. */
  #replace(route: Route): void {
    const { slots } = this.record;
    const held = slots[route.slot];
    const isHeld = held !== undefined && isSameRoute({ ...route, profile: held }, this.#route);
    if (isHeld && route.profile !== null) {
      this.#keep({ slots: { ...slots, [route.slot]: route.profile } });
    }
    this.#routes = this.#routes?.map((one) => one === this.#route ? route : one) ?? null;
    this.#route = route;
  }

  #routesNow(): readonly Route[] | null {
    return routesOf(this.record, this.#works.settings.get("networkConfigurationPriority"));
  }

  #keep(change: Partial<NetworkRecord>): void {
    this.#record.value = { ...this.record, ...change };
  }

  async #retarget(change: TargetChange): Promise<boolean> {
    const { connection } = this.#works.line;
    if (connection === null) return false;
    try {
      return await connection.retarget(change) === null;
    } catch (error) {
      this.#works.log.error("The connection cannot be changed as the CSMS wants it", { error });
      return false;
    }
  }
}
