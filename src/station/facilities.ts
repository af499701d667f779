import type { CostDetails } from "./cost/cost_details.ts";
import { RunningCosts } from "./cost/running_costs.ts";
import { type Running, Tariffs } from "./cost/tariffs.ts";
import type { CustomerSources } from "./customers/customer_report.ts";
import { forgetCustomer, sourcesOf } from "./customers/customers.ts";
import { DerControls } from "./der/der_controls.ts";
import { dischargeShare } from "./der/discharge_share.ts";
import type { DisplayContent } from "./display/display_message.ts";
import { fallbackMessage } from "./display/fallback_message.ts";
import { Displays } from "./display/displays.ts";
import { Greetings } from "./display/greetings.ts";
import { shown } from "./display/shown.ts";
import { Publications } from "./publishing/publications.ts";
import type { Transfers } from "./service/transfers.ts";
import { Settlements } from "./transactions/settling.ts";
import { Smart } from "./smart/smart.ts";
import { Streams } from "./streams/streams.ts";
import { Swaps } from "./swap/swaps.ts";
import type { Transaction } from "./transactions/transaction.ts";
import { WebPayments } from "./web_payments.ts";
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
  #greetings: Greetings | null = null;
  #tariffs: Tariffs | null = null;
  #runningCosts: RunningCosts | null = null;
  #der: DerControls | null = null;
  #streams: Streams | null = null;
  #swaps: Swaps | null = null;
  #publications: Publications | null = null;
  #smart: Smart | null = null;
  #settlements: Settlements | null = null;
  readonly #payments: WebPayments;

  constructor(works: Works, ports: FacilityPorts) {
    this.#works = works;
    this.#ports = ports;
    this.#payments = new WebPayments(() => works.now());
  }

  /** Takes up what was under way when the program ended: only what had something to remember is made. */
  wake(): void {
    const { memory } = this.#works;
    if (memory.read("displays") !== undefined) void this.displays;
    if (memory.read("tariffs") !== undefined || memory.read("bills") !== undefined) {
      void this.tariffs;
    }
    if (memory.read("runningCosts") !== undefined) void this.runningCosts;
    if (memory.read("derControls") !== undefined) void this.der;
    if (memory.read("settlements") !== undefined) void this.settlements;
  }

  get displays(): Displays {
    return this.#displays ??= new Displays({
      now: () => this.#works.now(),
      isRunning: (id) => this.transaction(id)?.end === null,
    }, this.#works.memory);
  }

  get tariffs(): Tariffs {
    return this.#tariffs ??= new Tariffs(this.#works.memory);
  }

  /** What is beside the CSMS's own profiles: limits from elsewhere, needs of cars, limits that are fetched. */
  get smart(): Smart {
    return this.#smart ??= new Smart(this.#works);
  }

  get runningCosts(): RunningCosts {
    return this.#runningCosts ??= new RunningCosts(this.#works.memory);
  }

  get der(): DerControls {
    const works = this.#works;
    return this.#der ??= new DerControls(
      {
        now: () => works.now(),
        startStop: (event) => {
          void works.say("derStartStop", event);
          works.limitsChanged();
        },
      },
      works.clock,
      works.memory,
    );
  }

  /** Of what a connector has, the share that may come from its car (2.1 R04): 0 to 1. */
  get dischargeShare(): number {
    return this.#der === null ? 1 : dischargeShare(this.#der.find({}));
  }

  get settlements(): Settlements {
    return this.#settlements ??= new Settlements(this.#works, this.#works.memory);
  }

  /** The CSMS can be reached again. */
  connected(): void {
    void this.#settlements?.flush();
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

  /** What the CSMS has to say to the driver at a connector; `null`: nothing. */
  greet(connectorId: number, message: DisplayContent | null): void {
    if (message !== null) this.#greetings ??= new Greetings();
    this.#greetings?.say(connectorId, message);
  }

  /** Somebody pays for a connector, and has so many seconds for it (2.1 C25). */
  webPaymentStarted(connectorId: number, seconds: number): void {
    this.#payments.started(connectorId, seconds);
    this.#works.log.info("Somebody pays in a browser", { connector: connectorId, seconds });
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

  /** The tariff of a running transaction is another: the CSMS hears it, with the cost so far (2.1 I11). */
  tariffChanged(transactionId: string): void {
    const connector = this.#works.charging.running(transactionId);
    if (connector !== undefined) this.#works.charging.updated(connector, "TariffChanged", []);
  }

  /** A transaction began, goes on otherwise than before, or ended. */
  transactionChanged({ facts }: Transaction, event: "started" | "updated" | "ended"): void {
    if (event === "ended") this.#greetings?.say(facts.connectorId, null);
    else if (event === "started") this.#payments.over(facts.connectorId);
    if (this.#tariffs === null) return;
    if (event === "ended") return this.#tariffs.end(facts);
    const running = this.running(facts.id);
    if (running === null) return;
    if (event === "started") this.#tariffs.begin(running);
    else this.#tariffs.costOf(running);
  }

  /** Forgets a customer (2.x N10). */
  forgetCustomer(idToken: IdToken): void {
    forgetCustomer(this.#works, idToken);
  }

  /** What the station may know of a customer (2.x N09). */
  get customerSources(): CustomerSources {
    return sourcesOf(this.#works);
  }

  /** Where there are tariffs the station reckons itself. */
  #isCostKnown(transactionId: string): boolean {
    return this.#tariffs !== null || (this.#runningCosts?.of(transactionId) ?? null) !== null;
  }

  /** What the API shows of them: what the displays say, and what was set. */
  view() {
    const at = this.#works.now();
    const messages = this.#displays?.all ?? [];
    return {
      displays: this.#works.connectors().map((connector) => ({
        connectorId: connector.id,
        messages: [
          this.#greetings?.of(connector.id)?.content ??
            fallbackMessage(this.#works, connector, (id) => this.#isCostKnown(id)) ?? undefined,
          ...shown(messages, { at, connector }).map(({ contents }) => contents[0]?.content),
        ].filter((text) => text !== undefined),
        runningCost: connector.transaction === null
          ? null
          : this.#runningCosts?.of(connector.transaction.id)?.total ?? null,
        isPaying: this.#payments.isPaying(connector.id),
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
    this.#smart?.stop();
  }
}
