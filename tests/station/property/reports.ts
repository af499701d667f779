import type { SentCall } from "../../support/fake_csms.ts";

/** What a CSMS asked for, and so may come while the boot is pending (2.x B02). */
export const BEFORE_ACCEPTED: readonly string[] = [
  "NotifyCustomerInformation",
  "NotifyDisplayMessages",
  "NotifyMonitoringReport",
  "NotifyReport",
  "ReportChargingProfiles",
  "ReportDERControl",
];

type Payload = Readonly<Record<string, unknown>>;

/** What is asked for, and in which messages it comes. */
const REPORTS: Readonly<Record<string, string>> = {
  CustomerInformation: "NotifyCustomerInformation",
  GetBaseReport: "NotifyReport",
  GetChargingProfiles: "ReportChargingProfiles",
  GetDERControl: "ReportDERControl",
  GetDisplayMessages: "NotifyDisplayMessages",
  GetMonitoringReport: "NotifyMonitoringReport",
  GetReport: "NotifyReport",
};

/** The parts of one report that came. */
interface Report {
  parts: number;
  isOver: boolean;
  /** A part was not taken, or its connection has gone: the rest may be missing. */
  isDisturbed: boolean;
}

/** Holds reports of 2.x against what was asked for: part after part, the last says that it is (B07, B08). */
export class Reports {
  readonly violations: string[] = [];
  readonly #reports = new Map<string, Report>();

  /** The station says that it will report. */
  answered(action: string, request: Payload, result: Payload): void {
    const kind = REPORTS[action];
    if (kind === undefined || result.status !== "Accepted") return;
    if (action === "CustomerInformation" && request.report !== true) return;
    this.#report(`${kind} ${request.requestId}`);
  }

  /** A CALL came in, processed or not. */
  seen({ action, payload: { requestId, seqNo, tbc = false } }: SentCall): void {
    if (!Object.values(REPORTS).includes(action)) return;
    const name = `${action} ${requestId}`;
    const report = this.#report(name);
    if (report.isOver) this.violations.push(`${name} goes on after its last part`);
    const isInOrder = seqNo === undefined || seqNo === report.parts;
    if (!isInOrder) this.violations.push(`${name}: part ${seqNo} for ${report.parts}`);
    report.parts++;
    report.isOver = tbc === false;
  }

  /** The station cannot know that a part was taken. */
  disturbed({ action, payload }: SentCall): void {
    const report = this.#reports.get(`${action} ${payload.requestId}`);
    if (report !== undefined) report.isDisturbed = true;
  }

  /** The line was closed: what is not said yet may never be. */
  interrupted(): void {
    for (const report of this.#reports.values()) report.isDisturbed = true;
  }

  /** Those of which something is missing. */
  get incomplete(): readonly string[] {
    return [...this.#reports].filter(([, { isOver, isDisturbed }]) => !isOver && !isDisturbed)
      .map(([name, { parts }]) => `${name} has ${parts} parts and no last one`);
  }

  #report(name: string): Report {
    const known = this.#reports.get(name);
    if (known !== undefined) return known;
    const report = { parts: 0, isOver: false, isDisturbed: false };
    this.#reports.set(name, report);
    return report;
  }
}
