import type { RegistrationState } from "../../../src/station/line/registration.ts";
import type { SentCall } from "../../support/fake_csms.ts";
import { BEFORE_ACCEPTED } from "./reports.ts";

type Payload = Readonly<Record<string, unknown>>;

/** A message that is triggered, where it is not called by the name of its trigger. */
const MESSAGES: Readonly<Record<string, string>> = {
  FirmwareStatusNotification: "SignedFirmwareStatusNotification",
  SignChargePointCertificate: "SignCertificate",
  SignChargingStationCertificate: "SignCertificate",
};

/** Before its boot is accepted a station says no more than it may (1.6 §4.2, 2.x B01 to B03). */
export class BootGate {
  readonly violations: string[] = [];
  readonly #triggered = new Set<string>();
  #bootAt = 0;
  /** On this connection. */
  #wasAccepted = false;

  /** The station will say what the CSMS triggers. */
  answered(action: string, request: Payload, result: Payload): void {
    if (!action.endsWith("TriggerMessage") || result.status !== "Accepted") return;
    const message = String(request.requestedMessage);
    this.#triggered.add(message).add(MESSAGES[message] ?? message);
  }

  /** There is another connection, or none. */
  connectionChanged(): void {
    this.#wasAccepted = false;
  }

  /** A station that goes down boots again when it likes. */
  forget(): void {
    this.#bootAt = 0;
  }

  /** It has heard that it must wait. @param at on the monotonic clock */
  mustWait(at: number): void {
    this.#bootAt = at;
  }

  /** A CALL came in. @param now on the monotonic clock */
  seen({ id, action, payload }: SentCall, state: RegistrationState, now: number): void {
    if (state === "accepted") {
      this.#wasAccepted = true;
      return this.#triggered.clear();
    }
    // It goes down, and the CSMS cannot know before the connection ends.
    if (state === "unknown" && this.#wasAccepted) return;
    if (action === "BootNotification") {
      const isEarly = now < this.#bootAt && !this.#triggered.has(action) &&
        payload.reason !== "Triggered";
      if (isEarly) this.violations.push(`${id} boots ${this.#bootAt - now} ms too early`);
      return;
    }
    const mayGo = this.#triggered.has(action) || BEFORE_ACCEPTED.includes(action);
    if (state !== "rejected" && mayGo) return;
    this.violations.push(`${id}: ${action} while the boot is ${state}`);
  }
}
