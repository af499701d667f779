import type { v21 } from "../../ocpp/mod.ts";
import type { Charger, ConnectorFacts, Triggered } from "../charger.ts";
import { Answer, obeys } from "../dialect.ts";
import { evseFault } from "./evse.ts";
import { type ReasonCode, refusing } from "./status_info.ts";

/** Says something now because the CSMS asks for it (F06). The message follows the answer. */
export const triggerMessage = obeys<"2.1", "TriggerMessage">(
  (station, { requestedMessage, evse }) => {
    const plan = PLANS.get(requestedMessage);
    if (plan === undefined) {
      const refuse = refusing(station, "TriggerMessage", "NotImplemented");
      return refuse("UnsupportedParam", `${requestedMessage} cannot be triggered`);
    }
    const reject = refusing(station, "TriggerMessage", "Rejected");
    const fault = evse === undefined ? null : evseFault(station, evse?.id, evse?.connectorId);
    if (fault !== null) return reject(...fault);
    const connectors = station.connectors().filter(({ id }) =>
      evse === undefined || evse.id === id
    );
    const planned = plan(station, { connectors, evse });
    if ("why" in planned) return reject(planned.reasonCode, planned.why);
    return new Answer({ status: "Accepted" }, planned.say);
  },
);

/** What is asked for: all connectors, or the one of the EVSE that is named. */
interface Asked {
  readonly connectors: readonly ConnectorFacts[];
  readonly evse: v21.EVSEType | undefined;
}

/** How a message is said, or why it cannot be. */
type Plan = (station: Charger, asked: Asked) =>
  | { readonly say: () => void }
  | { readonly reasonCode: ReasonCode; readonly why: string };

/** MessageTriggerEnumType, as far as this station has such messages. */
const PLANS = new Map<v21.MessageTriggerEnumType, Plan>([
  ["BootNotification", sayBoot],
  ["FirmwareStatusNotification", simply("firmwareStatus")],
  ["Heartbeat", simply("heartbeat")],
  ["LogStatusNotification", simply("logStatus")],
  ["MeterValues", sayMeterValues],
  ["PublishFirmwareStatusNotification", simply("publishFirmwareStatus")],
  ["SignChargingStationCertificate", signCertificate],
  ["StatusNotification", sayStatus],
  ["TransactionEvent", sayTransactionEvent],
]);

/** An EVSE means nothing to it. */
function simply(what: Triggered): Plan {
  return (station) => ({ say: () => station.trigger(what, null) });
}

/** What the CSMS has accepted already is not said again (F06.FR.17). */
function sayBoot(station: Charger): ReturnType<Plan> {
  return station.isAccepted
    ? { reasonCode: "NotEnabled", why: "the boot is accepted already" }
    : { say: () => station.trigger("boot", null) };
}

/** A status is one of a connector: without a connector there is none (F06.FR.12). */
function sayStatus(station: Charger, { evse }: Asked): ReturnType<Plan> {
  if (evse?.connectorId === undefined) {
    return { reasonCode: "MissingParam", why: "a StatusNotification needs EVSE and connector" };
  }
  return { say: () => station.trigger("status", evse.id) };
}

function signCertificate(station: Charger): ReturnType<Plan> {
  if (station.settings.get("cpoName") === "") {
    const why = "OrganizationName is not set, and a certificate needs it";
    return { reasonCode: "NotEnabled", why };
  }
  return { say: () => station.trigger("signCertificate", null) };
}

/** Of running transactions only. */
function sayTransactionEvent(station: Charger, { connectors }: Asked): ReturnType<Plan> {
  const running = connectors.filter(({ transaction }) => transaction !== null);
  if (running.length === 0) return { reasonCode: "TxNotFound", why: "no transaction is running" };
  return { say: () => running.forEach(({ id }) => station.trigger("transaction", id)) };
}

/** MeterValues also where a transaction runs, whose events are another matter (F06). */
function sayMeterValues(station: Charger, { connectors }: Asked): ReturnType<Plan> {
  return meterPlan(station, connectors, ({ id, transaction }) => {
    if (transaction === null) return station.trigger("meterValues", id);
    void station.say("meterValues", { connectorId: id, samples: [station.sample(id, "Trigger")] });
  });
}

/** Says something of each connector whose meter reads anything now. */
function meterPlan(
  station: Charger,
  connectors: readonly ConnectorFacts[],
  say: (connector: ConnectorFacts) => void,
): ReturnType<Plan> {
  const metered = connectors.filter(({ id }) => station.sample(id, "Trigger").readings.length > 0);
  if (metered.length === 0) {
    return { reasonCode: "NotEnabled", why: "nothing is configured that the meter reads now" };
  }
  return { say: () => metered.forEach(say) };
}
