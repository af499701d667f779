/**
 * What a lenient station is handed: none of it may do harm, and each answer fits its schema.
 *
 * @module
 */
import { loadVersion, type Payload } from "../../../src/ocpp/mod.ts";
import { type ActionOf, CallRefused } from "../../../src/station/dialect.ts";
import { moreCommands21 } from "../../../src/station/v2/more_commands.ts";
import { charge, facilityHarness } from "../facility_harness.ts";
import { oddPayloads } from "../v16/support.ts";
import { obeyAnything } from "./support.ts";

const IDS = { requestId: 1, transactionId: "t1", evseId: 1, id: 1, controlId: "a" };
const TARIFF = { tariffId: "T", currency: "EUR", energy: { prices: [{ priceKwh: 1 }] } };
const FIELDS: Readonly<Record<string, unknown>> = {
  ...IDS,
  activate: true,
  allowedEnergyTransfer: ["DC"],
  chargingProfile: {},
  chargingProfileId: 1,
  checksum: "0",
  clear: true,
  controlType: "VoltVar",
  curve: { curveData: [], priority: 1, yUnit: "PctMaxW" },
  idToken: { idToken: "A", type: "Central" },
  isDefault: true,
  location: "ftp://a/b",
  message: { id: 1, priority: "InFront", message: { format: "UTF8", content: "" } },
  params: { values: 1 },
  priority: "InFront",
  report: true,
  scheduleUpdate: { limit: 1 },
  state: "Idle",
  tariff: TARIFF,
  tariffIds: ["T"],
  totalCost: 1,
};

const { actions } = await loadVersion("2.1");

for (const [action, command] of Object.entries(moreCommands21)) {
  Deno.test(`${action}: odd requests get a proper answer`, async () => {
    const harness = await facilityHarness({ version: "2.1" });
    await charge(harness);
    for (const odd of oddPayloads(fitting(action))) {
      try {
        await obeyAnything(action as ActionOf<"2.1">, command, harness.station, odd, ["2.1"]);
      } catch (thrown) {
        if (!(thrown instanceof CallRefused)) throw thrown;
      }
    }
    await harness.over();
  });
}

/** The fields that the action knows. */
function fitting(action: string): Payload {
  const known = Object.entries(FIELDS).filter(([name, value]) => {
    const violations = actions.get(action)!.request({ [name]: value });
    return violations.every(({ path, kind }) => path !== name || kind !== "FormatViolation");
  });
  return Object.fromEntries(known);
}
