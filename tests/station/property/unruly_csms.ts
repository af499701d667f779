import type { Cancel } from "../../../src/clock/mod.ts";
import type { OcppVersion } from "../../../src/ocpp/mod.ts";
import { checkResult, parseFrame } from "../../../src/ocpp/mod.ts";
import type { SentCall } from "../../support/fake_csms.ts";
import type { StationHarness } from "../../support/station_harness.ts";
import type { Chance } from "./chance.ts";
import { Ledger } from "./ledger.ts";

type Payload = Record<string, unknown>;

/** Longer than the station waits for an answer. */
export const CALL_TIMEOUT_MS = 30_000;

/** As long as statuses that wait for an unruly CSMS may be under way. */
const ECHO_MS = 600_000;

/** A station that says more than this in one step will never come to an end. */
const MOST_AT_ONCE = 2_000;

/** All that a station of 1.6 may call. */
const ACTIONS = [
  "Authorize",
  "BootNotification",
  "DataTransfer",
  "DiagnosticsStatusNotification",
  "FirmwareStatusNotification",
  "Heartbeat",
  "LogStatusNotification",
  "MeterValues",
  "SecurityEventNotification",
  "SignedFirmwareStatusNotification",
  "StartTransaction",
  "StatusNotification",
  "StopTransaction",
];

/** What a token comes to, unless the CSMS changes its mind. The station knows some by itself. */
export const TOKENS: Readonly<Record<string, Payload>> = {
  ALICE: { status: "Accepted" },
  BOB: { status: "Accepted", parentIdTag: "FAMILY" },
  CAROL: { status: "Accepted", parentIdTag: "FAMILY" },
  DAVE: { status: "ConcurrentTx" },
  MALLORY: { status: "Blocked" },
  OLD: { status: "Accepted", expiryDate: "2020-01-01T00:00:00Z" },
};

/** A CSMS of 1.6 that keeps books, and now and then does what no CSMS should. */
export class UnrulyCsms {
  readonly ledger = new Ledger(() => this.#mayLeaveOut());
  /** Whether it behaves. */
  calm = false;
  readonly #harness: StationHarness;
  readonly #chance: Chance;
  readonly #version: OcppVersion;
  /** Changes with each connection. */
  #connection = 0;
  #outstanding: { readonly id: string; readonly at: number } | null = null;
  readonly #asked = new Map<string, string>();
  readonly #late = new Set<Cancel>();
  #calls = 0;
  #heard = 0;
  /** When statuses were last left out, as far as is known. */
  #terseAt = -ECHO_MS;

  constructor(harness: StationHarness, version: OcppVersion, chance: Chance) {
    this.#harness = harness;
    this.#version = version;
    this.#chance = chance;
    for (const action of ACTIONS) harness.replies[action] = (_, call) => this.#reply(call);
    const { csms, station: { line } } = harness;
    const hear = csms.onSent;
    csms.onSent = (text) => {
      this.#hearAnswer(text);
      hear(text);
    };
    const received = line.received.bind(line);
    line.received = (text) => {
      const id = idOf(text);
      if (id !== null && id === this.#outstanding?.id) this.#outstanding = null;
      return received(text);
    };
  }

  /** There is a connection, or none any longer. */
  connectionChanged(): void {
    this.#connection++;
    this.#outstanding = null;
    this.#asked.clear();
    this.ledger.untold();
  }

  /** Calls the station, without waiting for the answer. */
  call(action: string, payload: Payload): void {
    const id = `csms-${++this.#calls}`;
    if (this.#harness.csms.status === "offline") return;
    // 1.6 §4.2: a station whose boot is rejected does not answer.
    if (this.#harness.station.line.registration.state !== "rejected") this.#asked.set(id, action);
    this.say(JSON.stringify([2, id, action, payload]));
    if (payload.key === "MinimumStatusDuration") this.#terseAt = this.#harness.clock.monotonic();
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
    return [...this.#asked].map(([id, action]) => `${id} ${action}`);
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
    const action = this.#asked.get(frame.id);
    this.#asked.delete(frame.id);
    const definition = action === undefined ? undefined : this.#version.actions.get(action);
    if (frame.type !== "result" || definition === undefined) return;
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
    this.ledger.seen(call);
    const mishap = this.calm || this.#chance.percent(85) ? "none" : this.#chance.oneOf(MISHAPS);
    if (mishap === "error") return { error: this.#chance.oneOf(["InternalError", "GenericError"]) };
    if (mishap === "lost") return "silence";
    const payload = { ...this.ledger.process(call), ...this.#payload(call) };
    if (mishap === "none") return payload;
    if (mishap === "late") {
      const connection = this.#connection;
      const cancel = clock.after(this.#chance.between(1, 2 * CALL_TIMEOUT_MS), () => {
        this.#late.delete(cancel);
        if (connection === this.#connection) this.say(JSON.stringify([3, call.id, payload]));
      });
      this.#late.add(cancel);
    } else if (mishap === "twice") {
      queueMicrotask(() => this.say(JSON.stringify([3, call.id, payload])));
      return payload;
    } else if (mishap === "garbage") queueMicrotask(() => this.say(this.#garbage(call.id)));
    return "silence";
  }

  #payload({ action, payload }: SentCall): Payload {
    const chance = this.#chance;
    const skew = this.calm || chance.percent(95) ? 0 : chance.between(-2, 2) * 3_600_000;
    const currentTime = new Date(this.#harness.clock.now() + skew).toISOString();
    switch (action) {
      case "BootNotification": {
        const status = this.calm ? "Accepted" : chance.weighted(BOOTS);
        return { status, currentTime, interval: status === "Accepted" ? 3600 : 10 };
      }
      case "Heartbeat":
        return { currentTime };
      case "DataTransfer":
        return { status: "UnknownVendorId" };
      case "Authorize":
      case "StartTransaction":
        return { idTagInfo: this.#tokenInfo(String(payload.idTag)) };
      case "StopTransaction":
        return payload.idTag === undefined
          ? {}
          : { idTagInfo: this.#tokenInfo(String(payload.idTag)) };
      default:
        return {};
    }
  }

  #tokenInfo(idTag: string): Payload {
    if (!this.calm && this.#chance.percent(10)) return { status: "Invalid" };
    return TOKENS[idTag] ?? { status: "Invalid" };
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
