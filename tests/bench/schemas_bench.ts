// What it costs to check a payload, beside another validator's compiled code and a bare JSON.parse,
// and what each version's schemas cost to load and to use: time, resident memory, heap.
import { print } from "./print.ts";
import type { v16, v201 } from "../../src/ocpp/versions.ts";
import type { VersionId } from "../../src/ocpp/version.ts";
import { loadVersion } from "../../src/ocpp/versions.ts";
import { officialSchemas } from "../../tools/schemas/official.ts";
import { officialValidators } from "../ocpp/schema_ajv.ts";

const STEPS = ["none", "zod", "1.6", "2.0.1", "2.1"] as const;
const [step] = Deno.args as [typeof STEPS[number]?];
if (step === undefined) {
  await printLoadingCosts();
  await benchValidators();
} else {
  await measureLoading(step);
}

async function benchValidators(): Promise<void> {
  const timestamp = "2026-01-31T12:00:00.000Z";
  const boot: v16.BootNotificationRequest = {
    chargePointVendor: "Vendor",
    chargePointModel: "Model",
    firmwareVersion: "1.2.3",
  };
  const meterValues: v16.MeterValuesRequest = {
    connectorId: 1,
    transactionId: 7,
    meterValue: [{
      timestamp,
      sampledValue: [
        { value: "1234.5", measurand: "Energy.Active.Import.Register", unit: "Wh" },
        { value: "11000", measurand: "Power.Active.Import", unit: "W" },
        { value: "230.1", measurand: "Voltage", phase: "L1-N", unit: "V" },
      ],
    }],
  };
  const transaction: v201.TransactionEventRequest = {
    eventType: "Updated",
    timestamp,
    triggerReason: "MeterValuePeriodic",
    seqNo: 4,
    transactionInfo: { transactionId: "4ec7-9f0e", chargingState: "Charging" },
    evse: { id: 1, connectorId: 1 },
    meterValue: [{
      timestamp,
      sampledValue: [
        { value: 1234.5, measurand: "Energy.Active.Import.Register", context: "Sample.Periodic" },
        { value: 11000, measurand: "Power.Active.Import", unitOfMeasure: { unit: "W" } },
        { value: 230.1, measurand: "Voltage", phase: "L1-N" },
      ],
    }],
  };
  await compare("1.6", "BootNotification", boot);
  await compare("1.6", "MeterValues", meterValues);
  await compare("1.6", "MeterValues", { ...meterValues, connectorId: "1" });
  await compare("2.0.1", "TransactionEvent", transaction);
  await compare("2.1", "TransactionEvent", transaction);
}

async function compare(id: VersionId, action: string, payload: unknown): Promise<void> {
  const ours = (await loadVersion(id)).actions.get(action)!.request;
  const theirs = officialValidators(await officialSchemas(id))(action, "request");
  const valid = ours(payload).length === 0;
  if (valid !== theirs(payload)) throw new Error(`Cannot compare ${action}: they disagree`);
  const text = JSON.stringify(payload);
  const group = `${id} ${action}, ${valid ? "valid" : "broken"}`;
  Deno.bench({ name: "our validator", group, baseline: true, fn: () => void ours(payload) });
  Deno.bench({ name: "ajv", group, fn: () => void theirs(payload) });
  Deno.bench({ name: "JSON.parse alone", group, fn: () => void JSON.parse(text) });
}

async function printLoadingCosts(): Promise<void> {
  const columns = ["load ms", "rss MiB", "heap MiB", "use all ms", "rss MiB", "heap MiB"];
  print(["schemas of", ...columns].map((column) => column.padStart(10)).join(" "));
  for (const name of STEPS) {
    // A process of its own for each, so that nothing is loaded before.
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "-q", "--no-check", "--v8-flags=--expose-gc", import.meta.url, name],
    }).output();
    print(`${name.padStart(10)} ${new TextDecoder().decode(stdout).trimEnd()}`);
  }
}

async function measureLoading(what: typeof STEPS[number]): Promise<void> {
  const before = mark();
  const version = what === "none" || what === "zod" ? null : await loadVersion(what);
  if (what === "zod") await import("zod");
  const loaded = mark();
  for (const { request, response } of version?.actions.values() ?? []) {
    request({});
    response({});
  }
  const used = mark();
  const figures = [...difference(before, loaded), ...difference(loaded, used)];
  print(figures.map((figure) => figure.toFixed(1).padStart(10)).join(" "));
}

interface Mark {
  readonly reachedAt: number;
  readonly leftAt: number;
  readonly rss: number;
  readonly heapUsed: number;
}

function mark(): Mark {
  const reachedAt = performance.now();
  (globalThis as { gc?: () => void }).gc?.();
  return { reachedAt, ...Deno.memoryUsage(), leftAt: performance.now() };
}

function difference(from: Mark, to: Mark): readonly number[] {
  const bytes = [to.rss - from.rss, to.heapUsed - from.heapUsed];
  return [to.reachedAt - from.leftAt, ...bytes.map((count) => count / 2 ** 20)];
}
