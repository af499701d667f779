import type { Cancel } from "../../../src/clock/mod.ts";
import type { OcppVersion } from "../../../src/ocpp/mod.ts";
import { checkResult, parseFrame } from "../../../src/ocpp/mod.ts";
import type { SentCall } from "../../support/fake_csms.ts";
import type { StationHarness } from "../../support/station_harness.ts";
import type { Chance } from "./chance.ts";
import { BootGate } from "./boot_gate.ts";
import type { Ledger } from "./ledger.ts";
import { LineRecord } from "./line_record.ts";
import { Reports } from "./reports.ts";
import { plainAnswer, type Tongue } from "./tongue.ts";

type Payload = Record<string, unknown>;

/** Longer than the station waits for an answer. */
export const CALL_TIMEOUT_MS = 30_000;

/** As long as statuses that wait for an unruly CSMS may be under way. */
const ECHO_MS = 600_000;

/** A station that says more than this in one step will never come to an end. */
const MOST_AT_ONCE = 2_000;

/** A CSMS that keeps books, and now and then does what no CSMS should. */
export class UnrulyCsms {
  readonly ledger: Ledger;
  readonly #reports = new Reports();
  /** Whether it behaves. */
  calm = false;
  readonly #harness: StationHarness;
  readonly #chance: Chance;
  /** Whether it always tells the right time. */
  readonly isClockSteady: boolean;
  readonly #version: OcppVersion;
  /** Changes with each connection. */
  #connection = 0;
  #outstanding: { readonly id: string; readonly at: number } | null = null;
  readonly #tongue: Tongue;
  readonly #gate = new BootGate();
  readonly #line: LineRecord;
  /** By message id. */
  readonly #texts = new Map<string, string>();
  readonly #asked = new Map<string, { readonly action: string; readonly payload: Payload }>();
  readonly #late = new Set<Cancel>();
  #calls = 0;
  #heard = 0;
  /** When statuses were last left out, as far as is known. */
  #terseAt = -ECHO_MS;

  constructor(
    harness: StationHarness,
    version: OcppVersion,
    tongue: Tongue,
    { chance, isClockSteady }: { readonly chance: Chance; readonly isClockSteady: boolean },
  ) {
    this.#harness = harness;
    this.#version = version;
    this.#tongue = tongue;
    this.#chance = chance;
    this.isClockSteady = isClockSteady;
    const record = this.#line = new LineRecord(() => harness.clock.now());
    this.ledger = tongue.ledger({
      mayLeaveOut: () => this.#mayLeaveOut(),
      isClockSteady,
      lineAt: (ms) => record.at(ms),
    });
    for (const { name, from } of version.actions.values()) {
      if (from !== "csms") harness.replies[name] = (_, call) => this.#reply(call);
    }
    const { csms, station: { line } } = harness;
    const hear = csms.onSent;
    csms.onSent = (text) => {
      this.#hearAnswer(text);
      hear(text);
    };
    const goDown = line.goDown.bind(line);
    line.goDown = (...how) => {
      this.#gate.forget();
      goDown(...how);
      this.noteLine();
    };
    const received = line.received.bind(line);
    line.received = (text) => {
      const id = idOf(text);
      if (id !== null && id === this.#outstanding?.id) this.#outstanding = null;
      const isProper = received(text);
      queueMicrotask(() => this.noteLine());
      return isProper;
    };
  }

  /** There is a connection, or none any longer. */
  connectionChanged(): void {
    this.#connection++;
    this.#outstanding = null;
    this.#asked.clear();
    this.ledger.untold();
    this.#gate.connectionChanged();
    this.#reports.interrupted();
  }

  /** The line may have opened or closed. */
  noteLine(): void {
    const { csms, station: { line } } = this.#harness;
    const isThere = csms.status !== "offline";
    if (isThere && !line.accepted) this.#reports.interrupted();
    this.#line.note(!isThere ? "offline" : line.accepted ? "online" : "closed");
  }

  /** Everything that was against the rules. */
  get violations(): readonly string[] {
    // With no CALL on its way the station has nothing more to say.
    const missing = this.#outstanding === null ? this.#reports.incomplete : [];
    return [
      ...missing,
      ...[this.ledger, this.#reports, this.#gate].flatMap(({ violations }) => violations),
    ];
  }

  /** Calls the station, without waiting for the answer. */
  call(action: string, payload: Payload): void {
    const id = `csms-${++this.#calls}`;
    if (this.#harness.csms.status === "offline") return;
    const isRejected = this.#harness.station.line.registration.state === "rejected";
    if (!isRejected || this.#tongue.answersWhileRejected) this.#asked.set(id, { action, payload });
    const text = JSON.stringify([2, id, action, payload]);
    this.say(text);
    if (text.includes("MinimumStatusDuration")) this.#terseAt = this.#harness.clock.monotonic();
  }

  /** Any text. */
  say(text: string): void {
    if (this.#harness.csms.status === "sent") this.#harness.station.line.received(text);
  }

  /** The next step begins. */
  stepped(): void {
    this.#heard = 0;
  }

  /** Answers that were to come late do not come any more. */
  hush(): void {
    for (const cancel of this.#late) cancel();
    this.#late.clear();
  }

  /** CALLs that the station owes an answer to. */
  get unanswered(): readonly string[] {
    return [...this.#asked].map(([id, { action }]) => `${id} ${action}`);
  }

  /**
   * While the boot is not accepted only what is triggered is told. A status of then may still be under way
   * when everything is to be told again.
   */
  #mayLeaveOut(): boolean {
    const { clock, station } = this.#harness;
    const now = clock.monotonic();
    const isTerse = station.settings.get("minimumStatusDuration") > 0 || !station.line.accepted;
    if (isTerse) this.#terseAt = now;
    return now - this.#terseAt < ECHO_MS;
  }

  #hearAnswer(text: string): void {
    const frame = parseFrame(text, this.#version);
    if (frame.type !== "result" && frame.type !== "error") return;
    const asked = this.#asked.get(frame.id);
    this.#asked.delete(frame.id);
    const definition = asked && this.#version.actions.get(asked.action);
    if (frame.type !== "result" || asked === undefined || definition === undefined) return;
    const { action, payload } = asked;
    this.#reports.answered(action, payload, frame.payload);
    this.#gate.answered(action, payload, frame.payload);
    const result = { kind: "result", id: frame.id, payload: frame.payload, latencyMs: 0 } as const;
    const fault = checkResult(this.#version, definition, result);
    if (fault !== null) this.ledger.violations.push(`The answer to ${action}: ${fault.message}`);
  }

  #reply(call: SentCall): Payload | "silence" {
    const { clock } = this.#harness;
    const before = this.#outstanding;
    if (before !== null && clock.monotonic() - before.at < CALL_TIMEOUT_MS) {
      this.ledger.violations.push(`${call.id} came before ${before.id} was answered`);
    }
    this.#outstanding = { id: call.id, at: clock.monotonic() };
    if (++this.#heard > MOST_AT_ONCE) {
      this.ledger.violations.push(
        `More than ${MOST_AT_ONCE} CALLs in one step, at last ${call.action}`,
      );
      return "silence";
    }
    this.#see(call);
    const mishap = this.calm || this.#chance.percent(85) ? "none" : this.#chance.oneOf(MISHAPS);
    if (mishap !== "none" && mishap !== "twice") this.#reports.disturbed(call);
    if (mishap === "error") return { error: this.#chance.oneOf(["InternalError", "GenericError"]) };
    if (mishap === "lost") return "silence";
    const payload = { ...this.ledger.process(call), ...this.#payload(call) };
    const mustWait = payload.status === "Pending" || payload.status === "Rejected";
    if (
      call.action === "BootNotification" && mustWait && (mishap === "none" || mishap === "twice")
    ) {
      this.#gate.mustWait(clock.monotonic() + Number(payload.interval) * 1000);
    }
    if (mishap === "none") return payload;
    if (mishap === "late") {
      const connection = this.#connection;
      const cancel = clock.after(this.#chance.between(1, 2 * CALL_TIMEOUT_MS), () => {
        this.#late.delete(cancel);
        if (connection !== this.#connection) return;
        // It is late, not wrong.
        const time = payload.currentTime === undefined || !this.isClockSteady
          ? {}
          : { currentTime: new Date(clock.now()).toISOString() };
        this.say(JSON.stringify([3, call.id, { ...payload, ...time }]));
      });
      this.#late.add(cancel);
    } else if (mishap === "twice") {
      queueMicrotask(() => this.say(JSON.stringify([3, call.id, payload])));
      return payload;
    } else if (mishap === "garbage") queueMicrotask(() => this.say(this.#garbage(call.id)));
    return "silence";
  }

  /** A resend has the bytes of the first (2.x part 4 §4.1.4). */
  #see(call: SentCall): void {
    const { clock, station } = this.#harness;
    const { id, action, payload } = call;
    const text = JSON.stringify([action, payload]);
    const before = this.#texts.get(id) ?? text;
    this.#texts.set(id, text);
    if (before !== text) this.ledger.violations.push(`${id} was ${before}, now ${text}`);
    this.#gate.seen(call, station.line.registration.state, clock.monotonic());
    this.#reports.seen(call);
    this.ledger.seen(call);
  }

  #payload(call: SentCall): Payload {
    const chance = this.#chance;
    const isRight = this.calm || this.isClockSteady || chance.percent(95);
    const skew = isRight ? 0 : chance.between(-2, 2) * 3_600_000;
    const currentTime = new Date(this.#harness.clock.now() + skew).toISOString();
    if (call.action === "BootNotification") {
      const status = this.calm ? "Accepted" : chance.weighted(BOOTS);
      return { status, currentTime, interval: status === "Accepted" ? 3600 : 10 };
    }
    if (call.action === "Heartbeat") return { currentTime };
    const isWrong = !this.calm && chance.percent(10);
    return { ...plainAnswer(call, chance), ...this.#tongue.token(call, isWrong) };
  }

  #garbage(id: string): string {
    return this.#chance.oneOf([
      "no JSON",
      "",
      "[]",
      "{}",
      "null",
      "[3]",
      `[3,"somebody-else",{}]`,
      `[3,${JSON.stringify(id)}]`,
      `[3,${JSON.stringify(id)},[]]`,
      `[3,${JSON.stringify(id)},{"surprise":true,"status":1,"currentTime":2}]`,
      `[4,${JSON.stringify(id)},"NoSuchCode","",{}]`,
      `[9,${JSON.stringify(id)},{}]`,
      `[2,"odd","NoSuchAction",{}]`,
      `[2,"odd","Reset",{"type":"Gentle"}]`,
    ]);
  }
}

const MISHAPS = ["error", "error", "lost", "late", "late", "silence", "twice", "garbage"] as const;

const BOOTS = [[80, "Accepted"], [10, "Pending"], [10, "Rejected"]] as const;

/** The id of an answer, however little else is right about it. */
function idOf(text: string): string | null {
  try {
    const frame = JSON.parse(text);
    return frame?.[0] === 3 || frame?.[0] === 4 ? frame[1] : null;
  } catch {
    return null;
  }
}
