import type { Clock } from "../../clock/mod.ts";
import type { Connection, Owner } from "../../connection/mod.ts";
import type { Log } from "../../log/mod.ts";
import {
  type CallFrame,
  type CallOutcome,
  type OcppVersion,
  type Payload,
  versionOfSubprotocol,
} from "../../ocpp/mod.ts";
import { answerCall } from "./answer_call.ts";
import type { Dialect } from "../dialect.ts";
import type { LineHost, LineOwner, LineWorld } from "./line_ports.ts";
import { LineRegistration } from "./line_registration.ts";
import { LineOutbox } from "../outbox/line_outbox.ts";
import { Outbox } from "../outbox/outbox.ts";
import { Registration } from "./registration.ts";
import { Rpc, type RpcOptions } from "./rpc.ts";
import { Speaker } from "./speaker.ts";
import type { BootReason, Heard, Kind, Spoken } from "../spoken.ts";

/** The CSMS's clock may be off by so much before ours follows. In milliseconds. */
const CLOCK_SLACK_MS = 1_000;

/** The line of one station to its CSMS: it introduces its connection to OCPP. */
export class Line implements Owner, RpcOptions {
  readonly host: LineHost;
  readonly owner: LineOwner;
  readonly world: LineWorld;
  readonly rpc: Rpc;
  readonly speaker: Speaker;
  readonly outbox: Outbox;
  readonly registration: Registration;
  /** Set before anything else happens. */
  connection: Connection | null = null;
  /** The CSMS's clock less ours, in milliseconds. */
  #clockOffset = 0;
  /** What waits until the CALL of the CSMS is answered; `null`: none is under way. */
  #afterwards: (() => void)[] | null = null;

  constructor(host: LineHost, owner: LineOwner, world: LineWorld) {
    this.host = host;
    this.owner = owner;
    this.world = world;
    this.rpc = new Rpc(this);
    this.speaker = new Speaker(this.rpc);
    this.outbox = new Outbox(new LineOutbox(this));
    this.registration = new Registration(new LineRegistration(this));
  }

  get clock(): Clock {
    return this.world.clock;
  }

  get log(): Log {
    return this.host.log;
  }

  get strictness(): "strict" | "lenient" {
    return this.host.config.strictness;
  }

  callTimeoutMs(): number {
    const { callTimeoutMs } = this.world;
    const seconds = this.host.settings.get("messageTimeout");
    // The config knows shorter times than a setting can say.
    return Math.ceil(callTimeoutMs / 1000) === seconds ? callTimeoutMs : seconds * 1000;
  }

  /** Whether the CSMS has accepted the boot; it may be out of reach all the same. */
  get accepted(): boolean {
    return this.registration.isAccepted;
  }

  /** Accepted and connected: what is said now is heard now. */
  get online(): boolean {
    return this.accepted && this.speaker.dialect !== null;
  }

  /** Of the current connection. */
  get dialect(): Dialect | null {
    return this.speaker.dialect;
  }

  /** Our clock, put right by the CSMS: milliseconds since 1970. */
  now(): number {
    return this.world.clock.now() + this.#clockOffset;
  }

  newId(): string {
    return this.world.newId();
  }

  /** Never rejects. Before the boot is accepted everything but the boot is `offline`. */
  say<K extends Kind>(kind: K, event: Spoken[K]["event"]): Heard<K> {
    if (!this.accepted) {
      return Promise.resolve({ kind: "offline", message: "The boot is not accepted yet" });
    }
    return this.speaker.say(kind, event);
  }

  /**
   * What the CSMS triggers: also before the boot is accepted. After that it takes its turn,
   * lest old news come after new.
   */
  sayFirst<K extends Kind>(kind: K, event: Spoken[K]["event"]): Heard<K> {
    return this.speaker.say(kind, event, this.accepted ? {} : { priority: "first" });
  }

  /** The payload that would say it, as a text; `null`: this version has nothing to say then. */
  spell<K extends Kind>(kind: K, event: Spoken[K]["event"]): string | null {
    const spelled = this.speaker.spell(kind, event);
    return spelled && JSON.stringify(spelled.payload);
  }

  /** A checked CALL of any action, as somebody at the station wants it. */
  call(action: string, payload: Payload): Promise<CallOutcome> {
    return this.rpc.call(action, payload, this.accepted ? {} : { priority: "first" });
  }

  /** Runs something now, or once the CALL of the CSMS that is under way has its answer. */
  afterwards(run: () => void): void {
    if (this.#afterwards === null) run();
    else this.#afterwards.push(run);
  }

  /** The station goes down, is away for a while, and boots again. */
  goDown(reason: BootReason, awayMs: number): void {
    this.registration.forget(reason);
    this.connection?.reconnect(awayMs);
  }

  opened(subprotocol: string): void {
    const id = versionOfSubprotocol(subprotocol);
    const language = this.host.languages.find(({ version }) => version.id === id);
    if (language === undefined || this.connection === null) return;
    this.speaker.dialect = language.dialect;
    this.rpc.connected(this.connection, language.version, this.accepted);
    this.registration.start();
    if (!this.accepted) return;
    this.outbox.open();
    this.owner.lineOpened();
  }

  received(text: string): boolean {
    return this.rpc.received(text);
  }

  closed(cause: { readonly message: string }): void {
    this.registration.stop();
    this.speaker.dialect = null;
    this.rpc.disconnected(cause.message);
    this.outbox.close();
    this.owner.lineClosed();
    // What the CSMS called for is done, though it will not hear that it was.
    this.answered();
  }

  /** The keepalive where the runtime has no pings: a Heartbeat makes the CSMS answer. */
  probe(): boolean {
    if (!this.accepted) return false;
    void this.say("heartbeat", null);
    return true;
  }

  /**
   * The CSMS said what time it is: milliseconds since 1970. An answer that came late says what time it was
   * at some moment since it was asked for: a clock that agrees with one of them stays.
   */
  heardTime(time: number, latenessMs: number): void {
    const behindMs = time - this.now();
    const movedMs = behindMs > 0 ? behindMs : Math.min(0, behindMs + latenessMs);
    if (Math.abs(movedMs) <= CLOCK_SLACK_MS) return;
    this.#clockOffset += movedMs;
    this.owner.clockMoved(movedMs);
  }

  answer(version: OcppVersion, call: CallFrame): string | null | Promise<string | null> {
    this.#afterwards = [];
    const { dialect } = this.speaker;
    if (dialect === null) return null;
    const answer = answerCall(call, {
      version,
      dialect,
      station: this.host,
      registration: this.registration.state,
      log: this.host.log,
      afterwards: (run) => this.afterwards(run),
    });
    return answer instanceof Promise
      ? answer.then((text) => this.#onceSaved(text))
      : this.#onceSaved(answer);
  }

  /** What the CSMS is told to be done must be so after a crash too. A disk that fails is told at /health. */
  #onceSaved(answer: string | null): string | null | Promise<string | null> {
    const { memory } = this.host;
    return memory.isSaved ? answer : memory.saved().then(() => answer);
  }

  /** The CALL of the CSMS has its answer: what it leads to follows. */
  answered(): void {
    const runs = this.#afterwards ?? [];
    this.#afterwards = null;
    for (const run of runs) {
      try {
        run();
      } catch (error) {
        this.host.log.error("What the CSMS called for failed after its answer", { error });
      }
    }
  }
}
