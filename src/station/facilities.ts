import type { CostDetails } from "./cost/cost_details.ts";
import { RunningCosts } from "./cost/running_costs.ts";
import { type Running, Tariffs } from "./cost/tariffs.ts";
import type { CustomerSources } from "./customers/customer_report.ts";
import { DerControls } from "./der/der_controls.ts";
import { Displays } from "./display/displays.ts";
import { shown } from "./display/shown.ts";
import { Publications } from "./publishing/publications.ts";
import type { Transfers } from "./service/transfers.ts";
import { Pulls } from "./smart/pulls.ts";
import { Streams } from "./streams/streams.ts";
import { Swaps } from "./swap/swaps.ts";
import { sameToken } from "./tokens/token.ts";
import type { Transaction } from "./transaction.ts";
import type { IdToken } from "./words.ts";
import type { Works } from "./works.ts";

/** What {@link Facilities} need beside the station. */
export interface FacilityPorts {
  readonly transfers: Transfers;
  /** Authorities that a file server may have beside the usual ones, PEM. */
  caCerts(): readonly string[];
}

/** What a station of 2.x has beyond charging, each made when it is first needed. */
export class Facilities {
  readonly #works: Works;
  readonly #ports: FacilityPorts;
  #displays: Displays | null = null;
  #tariffs: Tariffs | null = null;
  #runningCosts: RunningCosts | null = null;
  #der: DerControls | null = null;
  #streams: Streams | null = null;
  #swaps: Swaps | null = null;
  #publications: Publications | null = null;
  #pulls: Pulls | null = null;
  /** Until when somebody pays for a connector (milliseconds since 1970). Plain JSON; `null`: nobody ever did. */
  #payments: Readonly<Record<number, number>> | null = null;

  constructor(works: Works, ports: FacilityPorts) {
    this.#works = works;
    this.#ports = ports;
  }

  get displays(): Displays {
    return this.#displays ??= new Displays({
      now: () => this.#works.now(),
      isRunning: (id) => this.transaction(id)?.end === null,
    });
  }

  get tariffs(): Tariffs {
    return this.#tariffs ??= new Tariffs();
  }

  get runningCosts(): RunningCosts {
    return this.#runningCosts ??= new RunningCosts();
  }

  get der(): DerControls {
    const works = this.#works;
    return this.#der ??= new DerControls({
      now: () => works.now(),
      startStop: (event) => void works.say("derStartStop", event),
    }, works.clock);
  }

  get streams(): Streams {
    const works = this.#works;
    return this.#streams ??= new Streams({
      now: () => works.now(),
      open: async (stream) => {
        const said = await works.say("streamOpened", stream);
        return said.kind === "answered" && said.answer;
      },
      close: (id) => void works.say("streamClosed", { id }),
      send: (data) => {
        if (!works.line.online) return false;
        void works.say("streamData", data);
        return true;
      },
    }, works.clock);
  }

  get swaps(): Swaps {
    const works = this.#works;
    return this.#swaps ??= new Swaps(
      {
        free: () =>
          works.connectors().filter(({ status }) => status === "Available").map(({ id }) => id),
        swapped: (event) => void works.say("batterySwap", event),
      },
      works.simulated,
      works.random,
    );
  }

  get publications(): Publications {
    const { log, clock } = this.#works;
    return this.#publications ??= new Publications({
      log,
      clock,
      transfers: this.#ports.transfers,
      caCerts: () => this.#ports.caCerts(),
      said: (progress) => void this.#works.say("publishFirmwareStatus", progress),
    });
  }

  /** Somebody pays for a connector, and has so many seconds for it (2.1 C25). */
  webPaymentStarted(connectorId: number, seconds: number): void {
    const until = this.#works.now() + seconds * 1000;
    this.#payments = { ...this.#payments, [connectorId]: until };
    this.#works.log.info("Somebody pays in a browser", { connector: connectorId, seconds });
  }

  /** Profiles came or went: the Dynamic ones fetch their limits (2.1 K28). */
  profilesChanged(): void {
    const works = this.#works;
    const { installed } = works.profiles;
    if (this.#pulls === null && installed.every((one) => !one.profile.pullEveryS)) return;
    this.#pulls ??= new Pulls({
      profiles: () => works.profiles.installed,
      pull: async (profileId) => {
        const said = await works.say("pullProfile", { profileId });
        return said.kind === "answered" ? said.answer : null;
      },
      update: (id, update) => {
        if (works.profiles.update(id, update, works.now())) works.limitsChanged();
      },
    }, works.clock);
    this.#pulls.look();
  }

  /** A transaction by our id that runs, or is remembered. */
  transaction(id: string): Transaction | undefined {
    return this.#works.charging.transaction(id);
  }

  /** Whether anything waits to be said, of a transaction by our id or of any (2.x E14). */
  hasMessages(transactionId: string | null): boolean {
    return this.#works.line.outbox.holds(transactionId);
  }

  /** How a running transaction stands; `null`: it does not run. */
  running(transactionId: string): Running | null {
    const connector = this.#works.charging.running(transactionId);
    const transaction = connector?.transaction ?? null;
    if (connector === undefined || transaction === null) return null;
    return {
      connector,
      transaction: transaction.facts,
      at: this.#works.now(),
      meterWh: connector.meter?.importWh ?? transaction.facts.meterStartWh,
      charging: transaction.chargingState === "Charging",
    };
  }

  /** What a running transaction costs by its tariff (2.1 I12); `null`: it has none. */
  costOf(transactionId: string): CostDetails | null {
    const running = this.#tariffs === null ? null : this.running(transactionId);
    return running === null ? null : this.tariffs.costOf(running);
  }

  /** A transaction began, goes on otherwise than before, or ended. */
  transactionChanged({ facts }: Transaction, event: "started" | "updated" | "ended"): void {
    if (this.#tariffs === null) return;
    if (event === "ended") return this.#tariffs.end(facts);
    const running = this.running(facts.id);
    if (running === null) return;
    if (event === "started") this.#tariffs.begin(running);
    else this.#tariffs.costOf(running);
  }

  /** What the station may know of a customer (2.x N09). */
  get customerSources(): CustomerSources {
    const { cache, localList, reservations, all, charging } = this.#works;
    const running = [...all.values()].flatMap(({ transaction }) => transaction ?? []);
    return { cache, localList, reservations, transactions: [...running, ...charging.ended] };
  }

  /**
   * Forgets a customer (2.x N10): in the cache, and whose the transactions were that ended. The local
   * list is the CSMS's to change; what is under way needs its token.
   */
  forgetCustomer(idToken: IdToken): void {
    this.#works.cache.forget(idToken);
    for (const transaction of this.#works.charging.ended) {
      const { facts, stopToken } = transaction;
      if (facts.idToken !== null && sameToken(facts.idToken, idToken)) {
        transaction.facts = { ...facts, idToken: null };
      }
      if (stopToken !== null && sameToken(stopToken, idToken)) transaction.stopToken = null;
    }
  }

  /** What the API shows of them: what the displays say, and what was set. */
  view() {
    const at = this.#works.now();
    const messages = this.#displays?.all ?? [];
    return {
      displays: this.#works.connectors().map((connector) => ({
        connectorId: connector.id,
        messages: shown(messages, { at, connector }).map(({ contents }) => contents[0]?.content),
        runningCost: connector.transaction === null
          ? null
          : this.#runningCosts?.of(connector.transaction.id)?.total ?? null,
        isPaying: (this.#payments?.[connector.id] ?? 0) > at,
      })),
      tariffs: this.#tariffs?.defaults ?? [],
      derControls: this.#der?.find({}) ?? [],
      streams: this.#streams?.all ?? [],
    };
  }

  stop(): void {
    this.#der?.stop();
    this.#streams?.stop();
    this.#swaps?.stop();
    this.#publications?.stop();
    this.#pulls?.stop();
  }
}
