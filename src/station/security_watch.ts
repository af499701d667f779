import type { Cause } from "../connection/mod.ts";
import type { SecurityEventType } from "./service/security_event_types.ts";
import type { BootReason } from "./spoken.ts";
import type { Station } from "./station.ts";

/** The CSMS's clock may be off by so much before ours follows. In milliseconds. */
const CLOCK_SLACK_MS = 1_000;

/** What a boot for a reason is: one for want of a reset is none (B10.FR.10, F06). */
const BOOTS: Readonly<Partial<Record<BootReason, SecurityEventType | null>>> = {
  PowerUp: "StartupOfTheDevice",
  Triggered: null,
  Unknown: null,
};

/** Writes security events (A04), on stations that know security: a profile of 0 has none of it. */
export class SecurityWatch {
  readonly #station: Station;
  /** The station's clock less the machine's when it was looked at last, in milliseconds. */
  #clockOffsetMs = 0;

  constructor(station: Station) {
    this.#station = station;
  }

  note(type: SecurityEventType, info: string | null = null): void {
    if (this.#station.settings.get("securityProfile") === 0) return;
    this.#station.services.securityEvents.raise(type, info);
  }

  /** The CSMS accepted a boot. */
  booted(reason: BootReason): void {
    const type = BOOTS[reason];
    if (type !== null) this.note(type ?? "ResetOrReboot");
    this.clockMoved();
  }

  /** Our clock may stand otherwise to the machine's than before. */
  clockMoved(): void {
    const { clock, line } = this.#station;
    const before = this.#clockOffsetMs;
    this.#clockOffsetMs = line.now() - clock.now();
    const movedMs = this.#clockOffsetMs - before;
    if (Math.abs(movedMs) > CLOCK_SLACK_MS) {
      this.note("SettingSystemTime", `moved by ${Math.round(movedMs / 1000)} s`);
    }
  }

  /** The station could not reach its CSMS. */
  dialFailed(cause: Cause): void {
    const type = eventOf(cause);
    if (type !== null) this.note(type, cause.message);
  }
}

/**
 * What a failed dial means to security; `null`: nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(eventOf({ kind: "http", status: 401, message: "" }), "FailedToAuthenticateAtCsms");
 * assert.equal(eventOf({ kind: "refused", message: "" }), null);
 * ```
 */
export function eventOf(cause: Cause): SecurityEventType | null {
  switch (cause.kind) {
    case "certificate":
      return "InvalidCsmsCertificate";
    case "client-certificate":
      return "FailedToAuthenticateAtCsms";
    case "http":
      return cause.status === 401 ? "FailedToAuthenticateAtCsms" : null;
    case "tls":
      if (/ProtocolVersion|TlsVersion|Tls12|Tls13/i.test(cause.message)) return "InvalidTLSVersion";
      return /Cipher/i.test(cause.message) ? "InvalidTLSCipherSuite" : null;
    default:
      return null;
  }
}
